import { installed, nodeHere, type Runtime, workerd } from '@partner-ecosystem/runtimes';
import type { CheckedRuntime } from './checked-runtime.ts';
import { runInChromium } from './run-in-chromium.ts';
import { runInProcess } from './run-in-process.ts';
import { runInWorkerd } from './run-in-workerd.ts';

const inProcess = (runtime: Runtime): CheckedRuntime => ({
  ...runtime,
  run: (port) => runInProcess(runtime, port),
});

/** What the kit installs anyway. */
export const atHand: readonly CheckedRuntime[] = [
  inProcess(nodeHere),
  { name: 'Chromium', run: runInChromium },
];

/** What is installed apart from the kit. */
export const apart: readonly CheckedRuntime[] = [
  ...installed.map(inProcess),
  { name: 'workerd', executable: workerd, run: (port) => runInWorkerd(workerd, port) },
];
