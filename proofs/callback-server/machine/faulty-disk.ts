import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempDisposableSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireTool } from '@partner-ecosystem/testing/require-tool';

const source = fileURLToPath(new URL('faulty-disk.c', import.meta.url));

/** Compiles the library behind faulty disks once, and creates disks with it. */
export function buildFaultyDisks() {
  requireTool('gcc');
  const built = mkdtempDisposableSync(join(tmpdir(), 'callback-faults-'));
  const library = join(built.path, 'faulty-disk.so');
  const flags = '-shared -fPIC -O2 -Wall -Werror'.split(' ');
  execFileSync('gcc', [...flags, '-o', library, source, '-ldl', '-lpthread']);
  return { create: () => createDisk(library), [Symbol.dispose]: () => built.remove() };
}

/** A folder on a disk that can lose what was not synced, and whose syncs can fail. */
export type FaultyDisk = ReturnType<typeof createDisk>;

function createDisk(library: string) {
  const root = mkdtempSync(join(tmpdir(), 'callback-faults-'));
  const [folder, synced] = [join(root, 'disk'), join(root, 'synced')];
  mkdirSync(folder);
  mkdirSync(synced);
  return {
    folder,
    /** Returns the environment of a server that writes to this disk. Sync number `failingSync` fails. */
    environment: (failingSync?: number) => ({
      LD_PRELOAD: library,
      FAULT_FOLDER: folder,
      FAULT_SYNCED: synced,
      ...(failingSync && { FAULT_SYNC_AT: String(failingSync) }),
    }),
    /** Leaves only what was synced. The server must have ended. */
    cutPower: () => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      for (const name of syncedNames(synced))
        if (existsSync(join(synced, name))) copyFileSync(join(synced, name), join(folder, name));
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Lists the files whose directory entry was synced. */
function syncedNames(synced: string): string[] {
  const list = join(synced, '.names');
  if (!existsSync(list)) return [];
  return readFileSync(list, 'utf8')
    .split('\n')
    .filter((name) => name !== '' && !name.startsWith('.'));
}
