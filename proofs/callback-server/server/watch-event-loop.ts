import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Preloaded into a server. Writes each stall of the event loop beyond the limit to standard error, less the time in
// which the machine gave this thread no core.
const everyMs = 20;
const maxStallMs = 100;

if (isMainThread) {
  let [last, lastWaited] = [performance.now(), waitedForCoreMs()];
  setInterval(() => {
    const [now, waited] = [performance.now(), waitedForCoreMs()];
    const stalledMs = now - last - everyMs - (waited - lastWaited);
    if (stalledMs > maxStallMs) console.error(`stall of ${Math.round(stalledMs)} ms`);
    [last, lastWaited] = [now, waited];
  }, everyMs).unref();
}

/** Returns how long the kernel has kept this thread waiting although the thread could run. */
function waitedForCoreMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
