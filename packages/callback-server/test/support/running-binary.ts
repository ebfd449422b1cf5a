import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { token } from './callbacks.ts';

export const binary = fileURLToPath(new URL('../../bin/callback-server.js', import.meta.url));

/** A process that runs the binary. */
export interface RunningBinary {
  process: ChildProcess;
  url: string;
  adminUrl: string;
  output: () => string;
  exit: Promise<number | null>;
}

/** Runs the binary. From this process's environment it gets only `PATH` and the cache of compiled code. */
export function run(
  args: string[],
  environment: Record<string, string> = {},
): Omit<RunningBinary, 'url' | 'adminUrl'> & { listening: Promise<{ url: string; adminUrl: string }> } {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(process.execPath, [binary, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, ...environment },
  });
  let output = '';
  const listening = Promise.withResolvers<{ url: string; adminUrl: string }>();
  const read = (chunk: Buffer) => {
    output += chunk;
    const line = output
      .split('\n')
      .slice(0, -1)
      .find((each) => each.includes('"listening"'));
    if (line) listening.resolve(JSON.parse(line));
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  exit.then(() => listening.reject(new Error(`ended before it listened: ${output}`)));
  // Not every command listens.
  listening.promise.catch(() => {});
  onTestFinished(() => void child.kill('SIGKILL'));
  return { process: child, output: () => output, exit, listening: listening.promise };
}

/** Runs `serve` on free ports, and waits until it listens. */
export async function serve(path: string, environment: Record<string, string> = {}): Promise<RunningBinary> {
  const settings = {
    PORT: '0',
    ADMIN_PORT: '0',
    DATABASE_URL: `sqlite:${path}`,
    CALLBACK_TOKENS: token,
    DRAIN_SECONDS: '0',
    ...environment,
  };
  const running = run(['serve'], settings);
  return { ...running, ...(await running.listening) };
}
