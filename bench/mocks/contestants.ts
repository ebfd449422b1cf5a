import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { listenOnFreePort } from '../../internal/testing/src/listen-on-free-port.ts';
import { cpuSeconds } from './cpu-time.ts';

const bench = fileURLToPath(new URL('../', import.meta.url));
export const contract: string = join(bench, '../openapi/dist/openapi.json');

/** A server that the benchmark can start on a port. */
export interface Contestant {
  readonly name: string;
  readonly command: (port: number) => readonly [script: string, ...args: string[]];
}

export const ours: Contestant = {
  name: 'partner-sandbox',
  command: (port) => [
    join(bench, '../packages/mocks/bin/partner-sandbox.js'),
    ...['--port', `${port}`, '--control-port', '0'],
  ],
};

export const peers: readonly Contestant[] = [
  {
    name: `Prism ${versionOf('@stoplight/prism-cli')}`,
    command: (port) => [
      join(bench, 'node_modules/@stoplight/prism-cli/dist/index.js'),
      ...['mock', contract, '--port', `${port}`, '--host', '127.0.0.1'],
    ],
  },
  {
    name: `Mockoon ${versionOf('@mockoon/cli')}`,
    command: (port) => [
      join(bench, 'node_modules/@mockoon/cli/bin/run.js'),
      ...['start', '--data', contract, '--port', `${port}`, '--hostname', '127.0.0.1'],
      ...['--disable-log-to-file', '--disable-admin-api'],
    ],
  },
  {
    name: `Scalar mock ${versionOf('@scalar/mock-server')}`,
    command: (port) => [fileURLToPath(new URL('./servers/scalar.ts', import.meta.url)), `${port}`, contract],
  },
];

/** The baseline, which sends the bytes of two files. */
export function bareHono(pulledFile: string, createdFile: string): Contestant {
  const script = fileURLToPath(new URL('./servers/bare-hono.ts', import.meta.url));
  return { name: 'bare Hono', command: (port) => [script, `${port}`, pulledFile, createdFile] };
}

export interface Running {
  readonly url: string;
  readonly pid: number;
  /** Time from the start of the process to its first response. */
  readonly coldStartMs: number;
  /** CPU time of the process until its first response. */
  readonly coldStartCpuMs: number;
  /** Waits until the output matches a pattern, and returns the first group. */
  readonly waitForOutput: (pattern: RegExp) => Promise<string>;
  readonly close: () => Promise<void>;
}

const maxStartMs = 60_000;

/** Starts a contestant as a separate process and waits for its first response. */
export async function start({ name, command }: Contestant): Promise<Running> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...command(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1' },
  });
  let output = '';
  // The first lines are enough to report a failed start. Prism prints a line for each request.
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < 10_000) output += text;
    });
  const url = `http://127.0.0.1:${port}`;
  while (!(await responds(url))) {
    if (child.exitCode !== null || performance.now() - started > maxStartMs) {
      await stop(child);
      throw new Error(`${name} does not respond. Its output:\n${output}`);
    }
    await pause(2);
  }
  const coldStartMs = performance.now() - started;
  const { pid = 0 } = child;
  return {
    url,
    pid,
    coldStartMs,
    coldStartCpuMs: cpuSeconds(pid) * 1000,
    waitForOutput: async (pattern) => {
      while (!pattern.test(output)) await pause(2);
      return pattern.exec(output)?.[1] ?? '';
    },
    close: () => stop(child),
  };
}

async function responds(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.arrayBuffer().then(() => true),
    () => false,
  );
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

async function freePort(): Promise<number> {
  const { port, close } = await listenOnFreePort(createServer());
  await close();
  return port;
}

function versionOf(name: string): string {
  const manifest: unknown = createRequire(import.meta.url)(join(bench, `node_modules/${name}/package.json`));
  return String(Object(manifest).version);
}
