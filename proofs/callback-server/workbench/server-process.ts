import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A token that opens the door of every server here. */
export const token = 'not-a-real-callback-token';

// Starting is most of what many tables do.
const compileCache = join(tmpdir(), 'callback-faults-compile-cache');
const binary = fileURLToPath(
  new URL('../../../packages/callback-server/bin/callback-server.js', import.meta.url),
);
const keptOfOutput = 64 * 1024;

/** What a run of the server gets besides its database. */
export interface ServerSettings {
  /** Settings over the defaults, which listen on free ports. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Modules that Node runs in the server before anything of it. */
  readonly imports?: readonly URL[];
  /** Told of everything that the server writes. */
  readonly onOutput?: (text: string) => void;
}

/** The real binary, in a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  readonly url: string;
  readonly adminUrl: string;
  /** The last of what it wrote. */
  output(): string;
  /** How it ended: its exit code, or nothing where a signal ended it. */
  readonly ended: Promise<number | undefined>;
  /** Resolves when the process is gone. */
  signal(signal: NodeJS.Signals): Promise<number | undefined>;
}

/** Where a server ended before it listened. */
export class NotStartedError extends Error {
  override readonly name = 'NotStartedError';
}

/**
 * Starts the server's binary over a database, and waits until it listens.
 *
 * @throws NotStartedError where it ends before that.
 */
export async function startServer(
  databaseUrl: string,
  { environment, imports = [], onOutput }: ServerSettings = {},
): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [...imports.flatMap(({ href }) => ['--import', href]), binary, 'serve'],
    {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        ADMIN_PORT: '0',
        DATABASE_URL: databaseUrl,
        CALLBACK_TOKENS: token,
        DRAIN_SECONDS: '0',
        NODE_COMPILE_CACHE: compileCache,
        ...environment,
      },
    },
  );
  let output = '';
  const listening = Promise.withResolvers<{ url: string; adminUrl: string }>();
  const read = (chunk: string) => {
    onOutput?.(chunk);
    output = (output + chunk).slice(-keptOfOutput);
    const line = output.split('\n').find((each) => each.includes('"adminUrl"') && each.endsWith('}'));
    if (line) listening.resolve(JSON.parse(line));
  };
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const ended = once(child, 'close').then(([code]) => (code === null ? undefined : Number(code)));
  ended.then((code) => listening.reject(new NotStartedError(`The server ended with ${code}: ${output}`)));

  const { url, adminUrl } = await listening.promise;
  child.stdout.off('data', read).on('data', (chunk: string) => {
    onOutput?.(chunk);
    output = (output + chunk).slice(-keptOfOutput);
  });
  return {
    pid: child.pid ?? 0,
    url,
    adminUrl,
    output: () => output,
    ended,
    signal: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
