import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireTool } from '../../proofs/callback-server/machine/require-tool.ts';

const source = fileURLToPath(new URL('flush-meter.c', import.meta.url));

/** The flushes so far. */
export interface Flushes {
  readonly count: number;
  /** The time of all flushes together. */
  readonly ms: number;
}

/** Counts the flushes of other processes, and can slow them down. */
export interface FlushMeter {
  /** Returns the environment that counts a process and its children. Each of their flushes takes `extraMs` longer. */
  environment(extraMs: number): Record<string, string>;
  read(): Flushes;
  remove(): void;
}

export function createFlushMeter(): FlushMeter {
  requireTool('gcc');
  const folder = mkdtempSync(join(tmpdir(), 'bench-flushes-'));
  const [library, counts] = [join(folder, 'flush-meter.so'), join(folder, 'counts')];
  execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-Wall', '-Werror', '-o', library, source, '-ldl']);
  writeFileSync(counts, Buffer.alloc(16));
  // PostgreSQL may run as another user.
  chmodSync(folder, 0o755);
  chmodSync(counts, 0o666);
  return {
    environment: (extraMs) => ({
      LD_PRELOAD: library,
      FLUSH_METER: counts,
      FLUSH_EXTRA_MS: String(extraMs),
    }),
    read: () => {
      const [count = 0n, nanoseconds = 0n] = new BigUint64Array(new Uint8Array(readFileSync(counts)).buffer);
      return { count: Number(count), ms: Number(nanoseconds) / 1e6 };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
