import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireTool } from './machine-tool.ts';

const source = fileURLToPath(new URL('faulty-disk.c', import.meta.url));

/** A folder on a disk that can lose what was not synced, and fail to sync. */
export interface FaultyDisk {
  readonly folder: string;
  /** What a server is started with, to write to this disk. */
  environment(syncThatFails?: number): Record<string, string>;
  /** Leaves of the folder only what was synced. The server must be gone. */
  cutPower(): void;
  remove(): void;
}

/** Compiles the shim, once for each run of tables. */
export function buildFaultyDisk(): { create(): FaultyDisk; remove(): void } {
  requireTool('gcc');
  const built = mkdtempSync(join(tmpdir(), 'callback-faults-'));
  const library = join(built, 'faulty-disk.so');
  execFileSync('gcc', [
    '-shared',
    '-fPIC',
    '-O2',
    '-Wall',
    '-Werror',
    '-o',
    library,
    source,
    '-ldl',
    '-lpthread',
  ]);
  return { create: () => createDisk(library), remove: () => rmSync(built, { recursive: true }) };
}

function createDisk(library: string): FaultyDisk {
  const root = mkdtempSync(join(tmpdir(), 'callback-faults-'));
  const [folder, aside] = [join(root, 'disk'), join(root, 'aside')];
  mkdirSync(folder);
  mkdirSync(aside);
  return {
    folder,
    environment: (syncThatFails) => ({
      LD_PRELOAD: library,
      FAULT_FOLDER: folder,
      FAULT_ASIDE: aside,
      ...(syncThatFails && { FAULT_SYNC_AT: String(syncThatFails) }),
    }),
    cutPower: () => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      for (const name of namesOf(aside))
        if (existsSync(join(aside, name))) copyFileSync(join(aside, name), join(folder, name));
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** The files whose very existence was synced. */
function namesOf(aside: string): string[] {
  const list = join(aside, '.names');
  if (!existsSync(list)) return [];
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter((name) => name !== '' && !name.startsWith('.'));
}
