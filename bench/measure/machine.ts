import { closeSync, fdatasyncSync, mkdtempDisposableSync, openSync, writeSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { median, quantile } from './quantile.ts';

/** Describes Node, the processor and the memory in one line. */
export function describeMachine(): string {
  const processor = cpus()[0]?.model.trim() || 'an unnamed processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  const { platform, arch, versions } = process;
  return `Node ${versions.node}, ${platform} ${arch}, ${cpus().length} × ${processor}, ${memory} GiB`;
}

/** Describes in one line how fast the disk is. */
export function describeDisk(): string {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'bench-flush-'));
  const file = openSync(join(folder.path, 'file'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 500 }, () => {
    writeSync(file, page);
    const start = performance.now();
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  return `a flush of 4 KB p50 ${median(times).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms`;
}
