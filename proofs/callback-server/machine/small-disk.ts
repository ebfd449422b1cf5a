import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Mounts a small disk in memory that can be filled to its last byte.
 *
 * @throws Error if this user may not mount a disk.
 */
export function mountSmallDisk(megabytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'callback-faults-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw new Error('This table mounts a small disk in memory. Run it as root on Linux.', { cause: error });
  }
  const ballast = join(folder, 'ballast');
  const block = Buffer.alloc(64 * 1024);
  return {
    folder,
    /** @param leaveBytes - Free space to leave. */
    fill: (leaveBytes = 0) => {
      writeFileSync(ballast, '');
      const { bavail, bsize } = statfsSync(folder);
      for (let left = bavail * bsize - leaveBytes; left > 0; left -= block.length)
        appendUntilFull(ballast, block.subarray(0, Math.min(left, block.length)));
    },
    /** Frees what `fill` took. */
    free: () => rmSync(ballast),
    remove: () => {
      execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Tells whether this user may mount a disk. */
export function canMount(): boolean {
  try {
    mountSmallDisk(1).remove();
    return true;
  } catch {
    return false;
  }
}

/** The server takes space at the same time, so the last blocks may not fit. */
function appendUntilFull(path: string, bytes: Uint8Array): void {
  try {
    appendFileSync(path, bytes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
