import { realTimers } from './real-timers.ts';
import type { Send, Sent } from './send-by-fetch.ts';

/**
 * Sends from a thread of its own. A test, MSW and similar libraries replace `fetch`, `http.request` and sockets, but
 * only in the test's own thread. `undefined` in a page, which has no such threads.
 */
export const sendInThread: Send | undefined = createSender();

/**
 * A text, because the compilers of test runners would make a function depend on their own helpers. `port` belongs to one
 * message: closing the port aborts the request. Not `fetch`, which refuses some ports, and which Node can send through the
 * proxy of the environment. Each request has a connection of its own, so that a receiver can stop and start between two
 * requests.
 */
const program = `
const { once } = require('node:events');
const { parentPort } = require('node:worker_threads');
const protocols = { 'http:': require('node:http'), 'https:': require('node:https') };
parentPort.on('message', async ({ url, init, timeoutMs, maxBytes, port }) => {
  const stopped = new AbortController();
  port.on('close', () => stopped.abort());
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const { request, Agent } = protocols[new URL(url).protocol];
    const { body, ...head } = init;
    const signal = AbortSignal.any([stopped.signal, timeout]);
    const sent = request(url, { ...head, agent: new Agent(), signal });
    sent.on('error', () => {}); // Also after the response, when nobody waits for an error any more.
    sent.end(body);
    // The connection can also close without a response or an error.
    const closed = once(sent, 'close').then(() => Promise.reject({}));
    const [response] = await Promise.race([once(sent, 'response'), closed]);
    let size = 0;
    for await (const chunk of response) {
      size += chunk.byteLength;
      if (size > maxBytes) break;
    }
    port.postMessage({ status: response.statusCode });
  } catch ({ code }) {
    port.postMessage({ isTimeout: timeout.aborted, code });
  }
});`;

/** How long a thread waits for work before it ends. Each test file has a thread of its own, and one process can run all files. */
const idleMs = 1000;

function createSender(): Send | undefined {
  // Not an import: the module also runs in a page.
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  if (!threads) return undefined;
  const startThread = () => {
    // Neither the arguments of the process nor NODE_OPTIONS may load code into the thread, such as instrumentation of HTTP.
    const env = { ...process.env, NODE_OPTIONS: '' };
    const thread = new threads.Worker(program, { eval: true, execArgv: [], env, name: 'sandbox callbacks' });
    thread.unref(); // The port of a message keeps the process alive.
    return thread;
  };
  let thread: ReturnType<typeof startThread> | undefined;
  let inProgress = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    void thread?.terminate();
    thread = undefined;
  };
  return (message, stop) =>
    new Promise<Sent>((resolve) => {
      realTimers.clear(idle);
      inProgress++;
      thread ??= startThread();
      const { port1: own, port2: port } = new threads.MessageChannel();
      const abort = () => own.close();
      own.once('message', (sent: Sent) => {
        resolve(sent);
        own.close();
      });
      own.once('close', () => {
        stop?.removeEventListener('abort', abort);
        inProgress--;
        if (inProgress === 0) idle = realTimers.set(end, idleMs).unref();
        resolve({});
      });
      stop?.addEventListener('abort', abort);
      if (stop?.aborted) abort();
      thread.postMessage({ ...message, port }, [port]);
    });
}
