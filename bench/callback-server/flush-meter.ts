import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireTool } from '../../internal/testing/src/require-tool.ts';

const source = fileURLToPath(new URL('flush-meter.c', import.meta.url));

/** Creates a meter that counts the flushes of other processes, and can delay each flush. */
export function createFlushMeter() {
  requireTool('gcc');
  const folder = mkdtempDisposableSync(join(tmpdir(), 'bench-flushes-'));
  const library = join(folder.path, 'flush-meter.so');
  const counts = join(folder.path, 'counts');
  execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-Wall', '-Werror', '-o', library, source, '-ldl']);
  writeFileSync(counts, Buffer.alloc(16));
  // PostgreSQL may run as another user.
  chmodSync(folder.path, 0o755);
  chmodSync(counts, 0o666);
  return {
    /** Returns variables for the environment of a process. They count its flushes, and delay each flush by `extraMs`. */
    environment: (extraMs: number) => ({
      LD_PRELOAD: library,
      FLUSH_METER: counts,
      FLUSH_EXTRA_MS: String(extraMs),
    }),
    /** Returns the number of flushes so far, and the time of all flushes together. */
    read: () => {
      const [count = 0n, nanoseconds = 0n] = new BigUint64Array(new Uint8Array(readFileSync(counts)).buffer);
      return { count: Number(count), ms: Number(nanoseconds) / 1e6 };
    },
    [Symbol.dispose]: () => folder.remove(),
  };
}
