import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

/** Describes in one line what the figures depend on. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const [p50, p99] = flushTimes();
  return `${cpus().length} cores (${cpu?.model}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, a flush of 4 KB p50 ${p50} ms, p99 ${p99} ms`;
}

function flushTimes(): [string, string] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-flush-'));
  const file = openSync(join(folder, 'file'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 500 }, () => {
    writeSync(file, page);
    const start = performance.now();
    fdatasyncSync(file);
    return performance.now() - start;
  }).sort((one, other) => one - other);
  closeSync(file);
  rmSync(folder, { recursive: true });
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  return [at(0.5), at(0.99)];
}
