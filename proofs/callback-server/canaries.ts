import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canariesIn, canaryOf } from './canaries/canary.ts';
import { canaryPost } from './canaries/canary-posts.ts';
import type { FaultRun, Figure } from './fault-table.ts';
import { type Database, type Engine, openDatabases } from './workbench/databases.ts';
import { type ServerProcess, startServer, token } from './workbench/server-process.ts';

const senders = 16;

/** The canaries that came out somewhere, by where. */
interface Seen {
  readonly log: Set<string>;
  readonly metrics: Set<string>;
  readonly answers: Set<string>;
  readonly files: Set<string>;
}

/**
 * Sends numbers that look like a person's by every way that a callback can take, has half of the callbacks refused by
 * whom they are handed on to, and looks for the numbers in all that comes out: log, metrics, answers, and, sealed, the
 * files of the database, while it runs, after a kill and after a clean end.
 */
export async function canaries({ cycles, engine }: FaultRun): Promise<Figure> {
  const open = await releaseIn(engine, cycles, {});
  const sealed = await releaseIn(engine, cycles, {
    MASTER_KEYS: `canaries:${randomBytes(32).toString('base64')}`,
  });
  const out = [...sealed.log, ...sealed.metrics, ...sealed.answers, ...sealed.files];
  const unsealedOut = [...open.log, ...open.metrics, ...open.answers];
  return {
    // Where nothing is sealed the files must show them, or they could not be found anywhere.
    holds: out.length === 0 && unsealedOut.length === 0 && open.files.size > cycles,
    text: `${cycles} callbacks with two canaries each: ${describe(sealed)}; unsealed, ${describe(open)}${example(out[0] ?? unsealedOut[0])}`,
  };
}

/** On an engine of its own, whose files hold nothing else. */
async function releaseIn(engine: Engine, count: number, environment: Record<string, string>): Promise<Seen> {
  const databases = await openDatabases(engine);
  try {
    return await release(await databases.create(), count, environment);
  } finally {
    await databases.stop();
  }
}

function describe({ log, metrics, answers, files }: Seen): string {
  return `${log.size} in the log, ${metrics.size} in metrics, ${answers.size} in answers, ${files.size} in the database's files`;
}

function example(canary: string | undefined): string {
  return canary === undefined ? '' : `, such as ${canary}`;
}

async function release(
  database: Database,
  count: number,
  environment: Record<string, string>,
): Promise<Seen> {
  const seen: Seen = { log: new Set(), metrics: new Set(), answers: new Set(), files: new Set() };
  const look = (place: keyof Seen, content: string | Uint8Array) => {
    for (const canary of canariesIn(content, count)) seen[place].add(canary);
    if (typeof content === 'string' && content.includes(token)) seen[place].add('the token');
  };
  const refuser = createServer((request, response) => refuseHalf(request, response)).listen(0, '127.0.0.1');
  await once(refuser, 'listening');
  const { port } = refuser.address() as AddressInfo;
  const start = (invalid: string) =>
    startServer(database.url, {
      environment: { ...environment, FORWARD_URL: `http://127.0.0.1:${port}`, INVALID_CALLBACKS: invalid },
      onOutput: (text) => look('log', text),
    });

  // First with what is invalid kept in silence, then with the sender told of it.
  const half = Math.floor(count / 2);
  const first = await start('keep');
  await post(first, 0, half, (answer) => look('answers', answer));
  look('metrics', await (await fetch(`${first.adminUrl}/metrics`)).text());
  await first.signal('SIGKILL');
  for (const file of database.files()) look('files', readFileSync(file));

  const second = await start('reject');
  await post(second, half, count, (answer) => look('answers', answer));
  look('metrics', await (await fetch(`${second.adminUrl}/metrics`)).text());
  for (const file of database.files()) look('files', readFileSync(file));
  await second.signal('SIGTERM');
  for (const file of database.files()) look('files', readFileSync(file));
  refuser.close();
  refuser.closeAllConnections();
  await database.remove();
  return seen;
}

/** Whom callbacks are handed on to: answers every other one with an error that quotes it. */
function refuseHalf(...[request, response]: Parameters<Parameters<typeof createServer>[1] & object>): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const quoted = /QXZVKJWPGTHY[A-Z]{8}/.exec(body.toString('latin1'))?.[0] ?? 'nothing';
    response.writeHead(body.length % 2 === 0 ? 200 : 500, { 'x-quoted': quoted }).end(body);
  });
}

async function post(
  server: ServerProcess,
  from: number,
  to: number,
  onAnswer: (text: string) => void,
): Promise<void> {
  let next = from;
  const send = async () => {
    while (next < to) {
      const number = next++;
      const { path, headers, body } = canaryPost(number, canaryOf(number));
      const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
      const answer = await fetch(`${server.url}${path}`, init);
      onAnswer(`${[...answer.headers]} ${await answer.text()}`);
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
}
