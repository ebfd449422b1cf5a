import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import versions from '../installed/package.json' with { type: 'json' };
import type { Host } from './served-module.ts';
import { startChromium } from './start-chromium.ts';
import { startProcess } from './start-process.ts';
import { startWorkerd } from './start-workerd.ts';

export type RuntimeName =
  | 'Node 22'
  | 'Node 24'
  | 'Node 26'
  | 'Bun'
  | 'Deno'
  | 'workerd'
  | 'workerd of 2024'
  | 'Chromium';

/** A JavaScript runtime. */
export interface Runtime {
  readonly name: RuntimeName;
  /** Path of the program. The file may be missing: npm does not have every runtime for every platform. */
  readonly executable?: string;
  /** Starts the runtime, and serves the module at `entry` with it. */
  start(entry: URL): Promise<Host>;
}

const folder = fileURLToPath(new URL('../installed/', import.meta.url));
const installed = (path: string) => `${folder}node_modules/${path}`;

/** The Node that runs the tests. */
export const nodeHere = processRuntime('Node 24', process.execPath);

/** The Chromium that `@partner-ecosystem/browser` finds or installs. */
export const chromium: Runtime = { name: 'Chromium', start: startChromium };

/** Runtimes of `installRuntimes`. The flags give Deno the rights of a Node script, and npm's packages. */
export const installedRuntimes: readonly Runtime[] = [
  processRuntime('Node 22', installed('node-22/bin/node')),
  processRuntime('Node 26', installed('node-26/bin/node')),
  processRuntime('Bun', installed('.bin/bun'), ['run']),
  processRuntime('Deno', installed('.bin/deno'), [
    'run',
    '--allow-all',
    '--node-modules-dir=manual',
    '--no-check',
  ]),
  workerdRuntime('workerd', '2026-11-01'),
];

/** The Nodes of `installRuntimes` and the Node of the kit: one of each line that the packages support. */
export const nodes: readonly { readonly name: string; readonly executable: string }[] = [
  {
    name: `Node ${versions.optionalDependencies['node-22'].replace(/.*@/, '')}`,
    executable: installed('node-22/bin/node'),
  },
  { name: `Node ${process.versions.node}`, executable: process.execPath },
  {
    name: `Node ${versions.optionalDependencies['node-26'].replace(/.*@/, '')}`,
    executable: installed('node-26/bin/node'),
  },
];

/** workerd before it had Node's modules. */
export const workerdOf2024 = workerdRuntime('workerd of 2024', '2024-01-01');

/** Installs the runtimes once, which takes 10 s and 750 MB. */
export async function installRuntimes(): Promise<void> {
  if (existsSync(`${folder}node_modules`)) return;
  console.log('Installing the runtimes, once.');
  await promisify(execFile)('npm', ['ci'], { cwd: folder });
}

function processRuntime(name: RuntimeName, executable: string, args: readonly string[] = []): Runtime {
  return { name, executable, start: (entry) => startProcess(executable, args, entry) };
}

function workerdRuntime(name: RuntimeName, compatibilityDate: string): Runtime {
  const executable = installed('.bin/workerd');
  return { name, executable, start: (entry) => startWorkerd(executable, entry, compatibilityDate) };
}
