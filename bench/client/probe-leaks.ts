import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import { markdownTable } from '../measure/markdown-table.ts';
import { type RefusedCall, refusedCalls } from './refused-calls.ts';
import { canaries, startRefusing, wordings } from './start-refusing.ts';

/** Ways in which a program prints an error. */
const sinks: Readonly<Record<string, (error: unknown) => string>> = {
  inspection: (error) => inspect(error, { depth: null }),
  console: printedError,
  JSON: (error) => JSON.stringify(error) ?? '',
  'message, stack': (error) => `${error} ${error instanceof Error ? error.stack : ''}`,
  causes: (error) => (error instanceof Error ? inspect(error.cause, { depth: null }) : ''),
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

async function probe(
  { name, logs, call }: RefusedCall,
  wording: (body: string) => object,
): Promise<string[]> {
  const hits = new Map<string, string[]>(Object.keys(sinks).map((sink) => [sink, []]));
  if (logs) hits.set(logs, []);
  for (const status of statuses) {
    await using server = await startRefusing(status, wording);
    let logged = '';
    const error = await call(server.url, (...entry) => {
      logged += inspect(entry, { depth: null });
    }).then(
      () => Promise.reject(new Error('A call succeeded that should have failed.')),
      (error: unknown) => error,
    );
    for (const [sink, print] of Object.entries(sinks)) hits.get(sink)?.push(...canariesIn(print(error)));
    if (logs && logged === '')
      throw new Error(`${name} logged nothing, so its ${logs} could not be searched.`);
    if (logs) hits.get(logs)?.push(...canariesIn(logged));
  }
  const cells = [...hits.values()].map((shown) => [...new Set(shown)].join(', ') || 'clean');
  const count = [...hits.values()].flat().length;
  const possible = hits.size * statuses.length * Object.keys(canaries).length;
  return [name, ...cells, ...(logs ? [] : ['has none']), `${count} of ${possible}`];
}

/** Names of the canaries in a text. */
function canariesIn(text: string): string[] {
  return Object.entries(canaries).flatMap(([name, canary]) => (text.includes(canary) ? [name] : []));
}

function printedError(error: unknown): string {
  const stream = new PassThrough();
  new Console(stream).error(error);
  return String(stream.read());
}
