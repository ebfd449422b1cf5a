import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  bundleModule,
  installed,
  nodeHere,
  type Runtime,
  serveInWorkerd,
  workerd,
} from '@partner-ecosystem/runtimes';

/** The receivers, served by a runtime on a port of 127.0.0.1. */
export interface RunningHost extends AsyncDisposable {
  readonly port: number;
}

/** A runtime that receivers are served on. */
export interface Host {
  readonly name: string;
  readonly executable: string;
  start(): Promise<RunningHost>;
}

const script = fileURLToPath(new URL('in-process.ts', import.meta.url));

/** What the kit installs anyway. */
export const atHand: Host = inProcess(nodeHere);

/** What is installed apart from the kit. workerd is there twice: as it is, and from before it had modules of Node's. */
export const apart: readonly Host[] = [
  ...installed.map(inProcess),
  inWorkerd('workerd'),
  inWorkerd('workerd of 2024', '2024-01-01'),
];

function inProcess({ name, executable, args }: Runtime): Host {
  return { name, executable, start: () => startProcess(executable, args) };
}

async function startProcess(executable: string, args: readonly string[]): Promise<RunningHost> {
  const child = spawn(executable, [...args, script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const said = await Promise.race([once(lines, 'line'), ended]);
  if (child.exitCode !== null) throw new Error(`It ended before it listened, with ${child.exitCode}.`);
  return {
    port: Number(said[0]),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

function inWorkerd(name: string, compatibilityDate?: string): Host {
  const start = async () =>
    serveInWorkerd(workerd, await bundleModule(new URL('in-worker.ts', import.meta.url)), compatibilityDate);
  return { name, executable: workerd, start };
}
