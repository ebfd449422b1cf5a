import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

// Runs in a server before it does. Writes down each time that the event loop did not turn for longer than it may,
// without the time in which the machine gave this thread no core.
const everyMs = 20;
const mayTakeMs = 100;
const report = process.env['FAULT_STALLS'];

if (isMainThread && report) {
  let [last, lastWaited] = [performance.now(), waitedForCoreMs()];
  setInterval(() => {
    const [now, waited] = [performance.now(), waitedForCoreMs()];
    const stalledMs = now - last - everyMs - (waited - lastWaited);
    if (stalledMs > mayTakeMs) appendFileSync(report, `${Math.round(stalledMs)}\n`);
    [last, lastWaited] = [now, waited];
  }, everyMs).unref();
}

/** How long the kernel has had this thread wait although it could run. */
function waitedForCoreMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
