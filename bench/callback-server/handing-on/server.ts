import { createCallbackServer } from '../../../packages/callback-server/dist/index.js';
import { token } from '../../../proofs/callback-server/server/server-process.ts';

/** What the measured server does with the received callbacks. */
export interface ServerTask {
  readonly databaseUrl: string;
  /** Takes callbacks in a handler that does no work. */
  readonly handles?: boolean;
  /** The handler never returns for one merchant in this many. */
  readonly hangsForOneIn?: number;
  /** Targets, by the names of their routes. */
  readonly forwards?: Readonly<Record<string, string>>;
  readonly concurrency?: number;
  /** After this many handled callbacks, the server prints `drained`, with the time and the memory at each tenth. */
  readonly expected?: number;
}

/** A moment at which another tenth of a backlog is handled. */
export interface Tenth {
  /** Milliseconds since the start of the process. */
  readonly at: number;
  /** Resident memory. */
  readonly megabytes: number;
}

// The server has its own process. The load comes from another process.
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
