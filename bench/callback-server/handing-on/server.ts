import { createCallbackServer } from '../../../packages/callback-server/dist/index.js';
import { token } from '../../../proofs/callback-server/server/server-process.ts';

/** What the measured server does with what it receives. */
export interface ServerTask {
  readonly databaseUrl: string;
  /** Takes callbacks in a handler that does no work. */
  readonly handles?: boolean;
  /** The share of merchants whose handler never returns: one in so many. */
  readonly hangsForOneIn?: number;
  /** Targets, by the names of their routes. */
  readonly forwards?: Readonly<Record<string, string>>;
  readonly concurrency?: number;
  /** Prints `drained`, and the time and the resident memory at each tenth, when so many callbacks are handled. */
  readonly expected?: number;
}

/** A moment at which another tenth of a backlog is handled. */
export interface Tenth {
  /** In milliseconds. */
  readonly at: number;
  /** Resident memory. */
  readonly megabytes: number;
}

// A server with an own process: its load comes from another one.
const [, , port, text = '{}'] = process.argv;
const task: ServerTask = JSON.parse(text);
const { databaseUrl, handles, hangsForOneIn = 0, forwards = {}, expected = 0, concurrency } = task;
const server = await createCallbackServer({
  databaseUrl,
  callbackTokens: [token],
  port: Number(port),
  adminPort: 0,
  ...(concurrency !== undefined && { concurrency }),
  routes: Object.entries(forwards).map(([name, url]) => ({ name, url })),
});
let handled = 0;
const tenths: Tenth[] = [];
if (handles)
  server.on('accept', ({ payload }) => {
    const merchant = Number.parseInt(payload.merchantData.id ?? '0', 16);
    if (hangsForOneIn > 0 && merchant % hangsForOneIn === 0) return new Promise<void>(() => {});
    handled += 1;
    if (expected > 0 && handled % (expected / 10) === 0) {
      noteTenth();
      if (handled === expected) console.log(`drained ${JSON.stringify(tenths)}`);
    }
    return undefined;
  });
noteTenth();
await server.start();

function noteTenth(): void {
  tenths.push({ at: performance.now(), megabytes: process.memoryUsage.rss() / 2 ** 20 });
}
