export { bundleModule } from './bundle-module.ts';
export { type Checked, compare } from './compare.ts';
export { installRuntimes } from './install-runtimes.ts';
export { installed, nodeHere, type Runtime, workerd } from './runtimes.ts';
export { type RunningWorker, serveInWorkerd } from './serve-in-workerd.ts';
