import { hash } from 'node:crypto';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import type { Database, Databases } from '../databases/database.ts';
import { type BadInput, type Outcome, request, send } from '../inputs/bad-input.ts';
import { hostileBodies, longHostileBodies } from '../inputs/hostile-bodies.ts';
import { hostileRequests } from '../inputs/hostile-requests.ts';
import { mutateCallback, pick, type Random } from '../inputs/mutate-callback.ts';
import { type ServerProcess, startServer, token } from '../server/server-process.ts';
import type { FaultResult, FaultRun } from './fault-table.ts';

const inputsPerServer = 20_000;
const connections = 32;
/** A sender repeats a callback after a 503, as the provider does. */
const maxAttempts = 20;
const events = ['', '/accept', '/reject', '/pending', '/draft', '/dropoff', '/new'];

/** Counts what happened, with an example of each. */
class Tally {
  readonly counts = new Map<string, number>();
  readonly #examples = new Map<string, string>();

  add(what: string | number, example = ''): void {
    this.counts.set(String(what), (this.counts.get(String(what)) ?? 0) + 1);
    if (!this.#examples.has(String(what))) this.#examples.set(String(what), example);
  }

  toString(): string {
    const parts = [...this.counts].map(([what, count]) => {
      const example = this.#examples.get(what);
      return `${count} × ${what}${example ? ` (such as ${example})` : ''}`;
    });
    return parts.join(', ') || 'none';
  }
}

/**
 * Sends what a broken or hostile sender might. Searches for a server that ended, an input that hung, a 2xx that the
 * input did not deserve, a stalled event loop, and an authenticated callback that was not stored.
 */
export async function badInputs(run: FaultRun): Promise<FaultResult> {
  const { cycles, seed, databases, judgesSpeed, onProgress } = run;
  const outcomes = new Tally();
  const problems = new Tally();
  const stalls = new Tally();
  for (let done = 0; done < cycles; done += inputsPerServer) {
    const count = Math.min(inputsPerServer, cycles - done);
    await sendToOneServer(databases, seed + done, count, { outcomes, problems, stalls });
    onProgress(done + count);
  }
  return {
    holds: problems.counts.size === 0 && (!judgesSpeed || stalls.counts.size === 0),
    summary: `${cycles} bad inputs, outcomes ${outcomes}; problems: ${problems}; stalls over 100 ms: ${stalls}`,
  };
}

async function sendToOneServer(
  databases: Databases,
  seed: number,
  count: number,
  { outcomes, problems, stalls }: Readonly<Record<'outcomes' | 'problems' | 'stalls', Tally>>,
): Promise<void> {
  const random = seededRandom(seed);
  const database = await databases.create();
  // About half of the servers report invalid callbacks to the sender, but store them too.
  const rejects = random() < 0.5;
  // The start compiles the server's code in one piece, which delays no callback.
  let phase: string | undefined;
  const server = await startServer(database.url, {
    environment: { INVALID_CALLBACKS: rejects ? 'reject' : 'keep' },
    imports: [new URL('../server/watch-event-loop.ts', import.meta.url)],
    onOutput: (text) => {
      for (const [, duration] of text.matchAll(/^stall of (\d+ ms)$/gm))
        if (phase) stalls.add(phase, duration);
    },
  });
  phase = 'while callbacks arrived';
  const expected = new Tally();
  const possible = new Tally();
  let left = count;
  const sendInputs = async () => {
    while (left-- > 0) {
      const input = nextInput(random);
      const bodyHash = hash('sha256', input.body);
      let outcome = await send(server.url, input);
      for (let attempt = 1; outcome === 503 && attempt < maxAttempts; attempt++) {
        // The server may store a callback after its 503.
        possible.add(bodyHash);
        outcome = await send(server.url, input);
      }
      outcomes.add(outcome);
      if (outcome === 200 || outcome === 422) expected.add(bodyHash);
      else if (input.must === 'either') possible.add(bodyHash);
      const problem = problemOf(input, outcome, rejects);
      if (problem) problems.add(problem, input.name);
    }
  };
  await Promise.all(Array.from({ length: connections }, sendInputs));

  phase = 'while pages were read';
  await readAll(server, problems);
  const code = await server.signal('SIGTERM');
  if (code !== 0) problems.add('unexpected end of the server', `${code} ${server.output().slice(-500)}`);
  await compareReceipts(database, expected.counts, possible.counts, problems);
  await database.remove();
}

/** Returns mostly mutated callbacks, some bodies that break parsers, and some requests that break servers. */
function nextInput(random: Random): BadInput {
  const kind = random();
  if (kind < 0.1) return pick(random, hostileRequests);
  const [name, content] =
    kind < 0.25
      ? pick(random, Object.entries(kind < 0.103 ? longHostileBodies : hostileBodies))
      : ['a mutated callback', mutateCallback(random)];
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const path = `/callbacks/${token}${pick(random, events)}`;
  return { name, bytes: request(body, { path }), must: 'store', body };
}

function problemOf({ must }: BadInput, outcome: Outcome, rejects: boolean): string | undefined {
  const isStored = outcome === 200 || (rejects && outcome === 422);
  const isSuccess = typeof outcome === 'number' && outcome >= 200 && outcome < 300;
  if (outcome === 'hung') return 'hung';
  if (must === 'store' && !isStored) return `${outcome} instead of storing`;
  if (must === 'refuse' && (isSuccess || outcome === 422)) return `${outcome} instead of refusing`;
  if (must === 'either' && isSuccess && outcome !== 200) return `unknown success ${outcome}`;
  return undefined;
}

/** What is stored must also be readable: reads the list, and the page of each callback in it. */
async function readAll(server: ServerProcess, problems: Tally): Promise<void> {
  const list = await fetch(`${server.adminUrl}/callbacks?limit=1000`);
  if (!list.ok) problems.add(`list answered ${list.status}`, await list.text());
  const callbacks = list.ok ? ((await list.json()) as { id: string }[]) : [];
  for (const { id } of callbacks) {
    const page = await fetch(`${server.adminUrl}/callbacks/${id}`);
    await page.arrayBuffer();
    if (!page.ok) problems.add(`page of a callback answered ${page.status}`, id);
  }
}

/** Every 200 has a receipt with its exact bytes. Further receipts may only be of possible bodies. */
async function compareReceipts(
  database: Database,
  expected: ReadonlyMap<string, number>,
  possible: ReadonlyMap<string, number>,
  problems: Tally,
): Promise<void> {
  const receipts = new Tally();
  for (const body of await database.receivedBodies()) receipts.add(hash('sha256', body));
  for (const bodyHash of new Set([...expected.keys(), ...receipts.counts.keys()])) {
    const difference = (receipts.counts.get(bodyHash) ?? 0) - (expected.get(bodyHash) ?? 0);
    if (difference < 0) problems.add('200 without a receipt', bodyHash);
    if (difference > (possible.get(bodyHash) ?? 0)) problems.add('receipt without a 200', bodyHash);
  }
}
