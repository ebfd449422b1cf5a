import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Preloaded into a server. Writes down each stall of the event loop beyond the limit, less the time in which the
// machine gave this thread no core.
const everyMs = 20;
const maxStallMs = 100;
const report = process.env['FAULT_STALLS'];

if (isMainThread && report) {
  let [last, lastWaited] = [performance.now(), waitedForCoreMs()];
  setInterval(() => {
    const [now, waited] = [performance.now(), waitedForCoreMs()];
    const stalledMs = now - last - everyMs - (waited - lastWaited);
    if (stalledMs > maxStallMs) appendFileSync(report, `${Math.round(stalledMs)}\n`);
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
