import { fileURLToPath } from 'node:url';

/** A runtime that reads TypeScript and finds packages by itself. */
export interface Runtime {
  readonly name: 'Node 22' | 'Node 24' | 'Node 26' | 'Bun' | 'Deno';
  readonly executable: string;
  /** What stands before the path of a script. */
  readonly args: readonly string[];
}

/** The one that this runs on, which the kit installs anyway. */
export const nodeHere: Runtime = { name: 'Node 24', executable: process.execPath, args: [] };

/** Those that `installRuntimes` installs. Deno may do what a script does, and takes the packages as npm laid them. */
export const installed: readonly Runtime[] = [
  { name: 'Node 22', executable: pathOf('node-22/bin/node'), args: [] },
  { name: 'Node 26', executable: pathOf('node-26/bin/node'), args: [] },
  { name: 'Bun', executable: pathOf('.bin/bun'), args: ['run'] },
  {
    name: 'Deno',
    executable: pathOf('.bin/deno'),
    args: ['run', '--allow-all', '--node-modules-dir=manual', '--no-check'],
  },
];

/** Where workerd is. It reads no files: it is given a bundle. */
export const workerd: string = pathOf('.bin/workerd');

function pathOf(path: string): string {
  return fileURLToPath(new URL(`../installed/node_modules/${path}`, import.meta.url));
}
