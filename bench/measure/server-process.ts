import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { listenOnFreePort } from '../../internal/testing/src/listen-on-free-port.ts';
import { cpuSeconds } from './cpu-seconds.ts';

/** A server that can be started on a port. */
export interface ServerCommand {
  readonly name: string;
  readonly command: (port: number) => readonly [script: string, ...args: string[]];
}

export type ServerProcess = Awaited<ReturnType<typeof startServerProcess>>;

const maxStartMs = 60_000;

/**
 * Starts a server as a separate process with this environment, and waits for its first response. Stop the process, or
 * declare it with `await using`.
 */
export async function startServerProcess(
  { name, command }: ServerCommand,
  environment: Readonly<Record<string, string>> = {},
) {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...command(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', ...environment },
  });
  const closed = once(child, 'close');
  const stop = async () => {
    child.kill('SIGKILL');
    await closed;
  };
  let output = '';
  // The first lines are enough to report a failed start. Prism prints a line for each request.
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (output.length < 10_000) output += text;
    });
  const url = `http://127.0.0.1:${port}`;
  while (!(await responds(url))) {
    if (child.exitCode !== null || performance.now() - started > maxStartMs) {
      await stop();
      throw new Error(`${name} did not start. Its output:\n${output}`);
    }
    await pause(2);
  }
  /** Time from the start of the process to its first response. */
  const coldStartMs = performance.now() - started;
  const { pid = 0 } = child;
  return {
    url,
    pid,
    coldStartMs,
    /** CPU time of the process until its first response. */
    coldStartCpuMs: cpuSeconds(pid) * 1000,
    /** Waits until the output matches a pattern, and returns the first group of the match. */
    waitForOutput: async (pattern: RegExp) => {
      while (!pattern.test(output)) await pause(2);
      return pattern.exec(output)?.[1] ?? '';
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function responds(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.arrayBuffer().then(() => true),
    () => false,
  );
}

async function freePort(): Promise<number> {
  await using server = await listenOnFreePort(createServer());
  return server.port;
}
