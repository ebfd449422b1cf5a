import { Console } from 'node:console';
import { createServer } from 'node:http';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { listenOnFreePort } from '../../internal/testing/src/listen-on-free-port.ts';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { canaries, type RefusedCall, refusedCalls } from './refused-calls.ts';

/** Ways in which a program prints an error. */
const sinks: Readonly<Record<string, (error: unknown) => string>> = {
  inspection: (error) => inspect(error, { depth: null }),
  console: printedError,
  JSON: (error) => JSON.stringify(error) ?? '',
  'message, stack': (error) => `${error} ${error instanceof Error ? error.stack : ''}`,
  causes: (error) => (error instanceof Error ? inspect(error.cause, { depth: null }) : ''),
};

/** Kinds of error bodies. LoopBack quotes the values of an invalid instance. */
const wordings: Readonly<Record<string, (body: string) => object>> = {
  'a server that quotes nothing': () => ({ message: 'The instance is not valid.' }),
  'a server that quotes the request': (body) => ({
    message: `The instance is not valid. Details: name is refused (value: "${canaries.person}").`,
    details: { context: body },
  }),
};

const statuses = [400, 500];

/** Makes failing calls with each client, and searches the output for the secret and the person. */
export async function probeLeaks(): Promise<string> {
  const tables = [];
  for (const [server, wording] of Object.entries(wordings)) {
    const rows = [];
    for (const refused of refusedCalls) rows.push(await probe(refused, wording));
    tables.push(markdownTable([server, ...Object.keys(sinks), 'its own log', 'hits'], rows));
  }
  return tables.join('\n\n');
}

async function probe({ name, logs, call }: RefusedCall, wording: (body: string) => object) {
  const hits = new Map<string, string[]>(Object.keys(sinks).map((sink) => [sink, []]));
  if (logs) hits.set(logs, []);
  for (const status of statuses) {
    await using server = await startRefusing(status, wording);
    let logged = '';
    const error = await call(server.url, (...entry) => {
      logged += inspect(entry, { depth: null });
    }).then(
      () => Promise.reject(new Error(`${name}: the call succeeded, although the server refuses it.`)),
      (error: unknown) => error,
    );
    for (const [sink, print] of Object.entries(sinks)) hits.get(sink)?.push(...canariesIn(print(error)));
    if (logs && logged === '')
      throw new Error(`${name} logged nothing, so the bench could not search its ${logs}.`);
    if (logs) hits.get(logs)?.push(...canariesIn(logged));
  }
  const cells = [...hits.values()].map((shown) => [...new Set(shown)].join(', ') || 'clean');
  const count = [...hits.values()].flat().length;
  const possible = hits.size * statuses.length * Object.keys(canaries).length;
  return [name, ...cells, ...(logs ? [] : ['has none']), `${count} of ${possible}`];
}

/** Starts a server that responds to every request with an error. A login gets the secret as its token. */
function startRefusing(status: number, wording: (body: string) => object) {
  return listenOnFreePort(
    createServer(async (request, response) => {
      const isLogin = request.url?.endsWith('/login');
      const error = { statusCode: status, name: 'ValidationError', ...wording(await text(request)) };
      response.writeHead(isLogin ? 200 : status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(isLogin ? { id: canaries.secret, ttl: 1209600 } : { error }));
    }),
  );
}

/** Names of the canaries in an output. */
function canariesIn(output: string): string[] {
  return Object.entries(canaries).flatMap(([name, canary]) => (output.includes(canary) ? [name] : []));
}

function printedError(error: unknown): string {
  const stream = new PassThrough();
  new Console(stream).error(error);
  return String(stream.read());
}
