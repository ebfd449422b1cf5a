import { fileURLToPath } from 'node:url';
import { runInChromium } from './run-in-chromium.ts';
import { runInProcess } from './run-in-process.ts';
import { runInWorkerd } from './run-in-workerd.ts';
import type { Runtime } from './runtime.ts';

/** What the kit installs anyway. */
export const atHand: readonly Runtime[] = [
  { name: 'Node 24', run: (port) => runInProcess('Node 24', process.execPath, [], port) },
  { name: 'Chromium', run: runInChromium },
];

const node22 = installed('node-22/bin/node');
const node26 = installed('node-26/bin/node');
const bun = installed('.bin/bun');
const deno = installed('.bin/deno');
const workerd = installed('.bin/workerd');

/** May do what the checks do, and takes the packages as npm laid them. */
const denoArguments = ['run', '--allow-all', '--node-modules-dir=manual', '--no-check'];

/** What is installed in this folder, for its size apart from the kit. */
export const apart: readonly Runtime[] = [
  { name: 'Node 22', executable: node22, run: (port) => runInProcess('Node 22', node22, [], port) },
  { name: 'Node 26', executable: node26, run: (port) => runInProcess('Node 26', node26, [], port) },
  { name: 'Bun', executable: bun, run: (port) => runInProcess('Bun', bun, ['run'], port) },
  { name: 'Deno', executable: deno, run: (port) => runInProcess('Deno', deno, denoArguments, port) },
  { name: 'workerd', executable: workerd, run: (port) => runInWorkerd(workerd, port) },
];

function installed(path: string): string {
  return fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
}
