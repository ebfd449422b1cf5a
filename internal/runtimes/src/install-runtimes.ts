import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = fileURLToPath(new URL('../installed/', import.meta.url));

/** Installs the runtimes, where they are not yet. Takes 10 s and 750 MB. */
export async function installRuntimes(): Promise<void> {
  if (existsSync(`${folder}node_modules`)) return;
  console.log('Installing the runtimes, once.');
  await promisify(execFile)('npm', ['ci'], { cwd: folder });
}
