import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@partner-ecosystem/testing/seeded-random';
import { type BadInput, request } from './bad-inputs/bad-input.ts';
import { exchange, type Outcome } from './bad-inputs/exchange.ts';
import { hostileBodies, longHostileBodies } from './bad-inputs/hostile-bodies.ts';
import { hostileRequests } from './bad-inputs/hostile-requests.ts';
import { mutateCallback } from './bad-inputs/mutate-callback.ts';
import type { FaultRun, Figure } from './fault-table.ts';
import { type Database, type Databases, openDatabases } from './workbench/databases.ts';
import { type ServerProcess, startServer } from './workbench/server-process.ts';

const inputsPerServer = 20_000;
const connections = 32;

/** What went wrong, by what it was, with how often and an example. */
type Wrongs = Map<string, { count: number; example: string }>;

/**
 * Sends what a broken or hostile sender might, and looks for a server that ended, an input that hung, an answer of 2xx
 * that nobody earned, an event loop that stood still, and an authenticated callback that is not kept.
 */
export async function badInputs({ cycles, seed, engine, onProgress }: FaultRun): Promise<Figure> {
  const databases = await openDatabases(engine);
  const wrongs: Wrongs = new Map();
  const answers = new Map<Outcome, number>();
  try {
    for (let done = 0; done < cycles; done += inputsPerServer) {
      const count = Math.min(inputsPerServer, cycles - done);
      await badInputsOfOneServer(databases, seed + done, count, answers, wrongs);
      onProgress(done + count);
    }
  } finally {
    await databases.stop();
  }
  const found = [...wrongs].map(([what, { count, example }]) => `${count} ${what} (such as: ${example})`);
  const answered = [...answers].map(([outcome, count]) => `${count} × ${outcome}`);
  // A slice runs among other tests, on a machine that may well stand still itself.
  const isSlice = cycles < inputsPerServer;
  const counted = [...wrongs.keys()].filter((what) => !(isSlice && what.startsWith('stalls')));
  return {
    holds: counted.length === 0,
    text: `${cycles} bad inputs, answered ${answered.join(', ')}; wrong: ${found.join('; ') || 'nothing'}`,
  };
}

async function badInputsOfOneServer(
  databases: Databases,
  seed: number,
  count: number,
  answers: Map<Outcome, number>,
  wrongs: Wrongs,
): Promise<void> {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'callback-faults-'));
  const stalls = join(folder, 'stalls');
  const database = await databases.create();
  // Every other server tells of what it cannot act upon. It keeps that all the same.
  const rejects = random() < 0.5;
  const server = await startServer(database.url, {
    environment: { FAULT_STALLS: stalls, INVALID_CALLBACKS: rejects ? 'reject' : 'keep' },
    imports: [new URL('workbench/watch-event-loop.ts', import.meta.url)],
  });
  const expected = new Map<string, number>();
  const possible = new Map<string, number>();
  let left = count;
  const send = async () => {
    while (left-- > 0) {
      const input = nextInput(random);
      const outcome = await exchange(server.url, input);
      answers.set(outcome, (answers.get(outcome) ?? 0) + 1);
      const isKept = outcome === 200 || outcome === 422;
      if (isKept) add(expected, sha256(input.body));
      else if (input.must === 'either') add(possible, sha256(input.body));
      const problem = problemOf(input, outcome, rejects);
      if (problem) note(wrongs, problem, input.name);
    }
  };
  await Promise.all(Array.from({ length: connections }, send));

  noteStalls(stalls, 'stalls over 100 ms while it received', wrongs);
  await readAll(server, wrongs);
  const code = await server.signal('SIGTERM');
  if (code !== 0)
    note(wrongs, 'ends of the server that were not asked for', `${code} ${server.output().slice(-500)}`);
  noteStalls(stalls, 'stalls over 100 ms while pages were read', wrongs);
  await compareReceipts(database, expected, possible, wrongs);
  await database.remove();
  rmSync(folder, { recursive: true });
}

/** Mostly callbacks that depart from the contract, some bodies that break parsers, some requests that break servers. */
function nextInput(random: () => number): BadInput {
  const kind = random();
  if (kind < 0.1) return pick(random, hostileRequests);
  const bodies = kind < 0.25 ? Object.entries(kind < 0.103 ? longHostileBodies : hostileBodies) : undefined;
  const [name, body] = bodies
    ? pick(random, bodies)
    : ['a mutated callback', Buffer.from(mutateCallback(random))];
  const path = `/callbacks/not-a-real-callback-token${pick(random, events)}`;
  return { name, bytes: request(body, { path }), must: 'keep', body };
}

const events = ['', '/accept', '/reject', '/pending', '/draft', '/dropoff', '/new'];

function problemOf({ must }: BadInput, outcome: Outcome, rejects: boolean): string | undefined {
  const isKept = outcome === 200 || (rejects && outcome === 422);
  const isSuccess = typeof outcome === 'number' && outcome >= 200 && outcome < 300;
  if (outcome === 'hung') return 'hung';
  if (must === 'keep' && !isKept) return `not kept, but answered ${outcome}`;
  if (must === 'refuse' && (isSuccess || outcome === 422)) return `wrongly answered ${outcome}`;
  if (must === 'either' && isSuccess && outcome !== 200) return `oddly answered ${outcome}`;
  return undefined;
}

/** What is kept must also be readable: the list, and some of its callbacks each. */
async function readAll(server: ServerProcess, wrongs: Wrongs): Promise<void> {
  const list = await fetch(`${server.adminUrl}/callbacks?limit=1000`);
  if (!list.ok) note(wrongs, `lists that were answered ${list.status}`, await list.text());
  const callbacks = list.ok ? ((await list.json()) as { id: string }[]) : [];
  for (const { id } of callbacks) {
    const answer = await fetch(`${server.adminUrl}/callbacks/${id}`);
    await answer.arrayBuffer();
    if (!answer.ok) note(wrongs, `callbacks whose page was answered ${answer.status}`, id);
  }
}

/** Every answer of 200 has its receipt with the exact bytes, and there are no others, but for what might be kept. */
async function compareReceipts(
  database: Database,
  expected: Map<string, number>,
  possible: Map<string, number>,
  wrongs: Wrongs,
): Promise<void> {
  const receipts = await database.receipts();
  for (const hash of new Set([...expected.keys(), ...receipts.keys()])) {
    const difference = (receipts.get(hash) ?? 0) - (expected.get(hash) ?? 0);
    if (difference < 0) note(wrongs, 'answered 200, and not kept', hash);
    if (difference > (possible.get(hash) ?? 0)) note(wrongs, 'kept, and not answered 200', hash);
  }
}

/** Notes what the server has written down since the last time. */
function noteStalls(file: string, what: string, wrongs: Wrongs): void {
  if (!existsSync(file)) return;
  for (const ms of readFileSync(file, 'utf8').trim().split('\n')) note(wrongs, what, `${ms} ms`);
  rmSync(file);
}

function note(wrongs: Wrongs, what: string, example: string): void {
  const known = wrongs.get(what);
  if (known) known.count++;
  else wrongs.set(what, { count: 1, example });
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}
