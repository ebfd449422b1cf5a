import type { Send, Sent } from './send-by-fetch.ts';

/**
 * Sends from a thread of its own. A test, MSW and similar libraries replace `fetch`, `http.request` and sockets, but only
 * those of the test's own thread. `undefined` in a page, which has no such threads.
 */
export const sendInThread: Send | undefined = createSender();

/**
 * A text, because the compilers of test runners would make a function depend on their own helpers. `port` belongs to one
 * message: closing the port aborts the request.
 */
const program = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', async ({ url, init, timeoutMs, maxBytes, port }) => {
  const stopped = new AbortController();
  port.on('close', () => stopped.abort());
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const signal = AbortSignal.any([stopped.signal, timeout]);
    const { status, body } = await fetch(url, { ...init, redirect: 'manual', signal });
    let size = 0;
    for await (const chunk of body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) break;
    }
    port.postMessage({ status });
  } catch ({ cause }) {
    port.postMessage({ isTimeout: timeout.aborted, code: cause?.code });
  }
});`;

function createSender(): Send | undefined {
  // Not an import: the module also runs in a page.
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  if (!threads) return undefined;
  const startThread = () => {
    const thread = new threads.Worker(program, { eval: true, execArgv: [], name: 'sandbox callbacks' });
    thread.unref(); // The port of a message keeps the process alive.
    return thread;
  };
  let thread: ReturnType<typeof startThread> | undefined;
  return (message, stop) =>
    new Promise<Sent>((resolve) => {
      thread ??= startThread();
      const { port1: own, port2: port } = new threads.MessageChannel();
      const abort = () => own.close();
      own.once('message', (sent: Sent) => {
        resolve(sent);
        own.close();
      });
      own.once('close', () => {
        stop?.removeEventListener('abort', abort);
        resolve({});
      });
      stop?.addEventListener('abort', abort);
      if (stop?.aborted) abort();
      thread.postMessage({ ...message, port }, [port]);
    });
}
