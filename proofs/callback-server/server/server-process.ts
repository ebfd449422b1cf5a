import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The callback token of every server here. */
export const token = 'not-a-real-callback-token';

// Many tables spend most of their time on starts.
const compileCache = join(tmpdir(), 'callback-faults-compile-cache');
const binary = fileURLToPath(
  new URL('../../../packages/callback-server/bin/callback-server.js', import.meta.url),
);
const maxOutputLength = 64 * 1024;

interface ServerSettings {
  /** Overrides the default settings, which listen on free ports. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Modules that Node runs in the server before the server's own. */
  readonly imports?: readonly URL[];
  /** Called with everything that the server writes. */
  readonly onOutput?: (text: string) => void;
}

/** The server's binary, in a process of its own. */
export type ServerProcess = Awaited<ReturnType<typeof startServer>>;

/** The server ended before it listened. */
export class NotStartedError extends Error {
  override readonly name = 'NotStartedError';
}

/**
 * Starts the server's binary with a database, and waits until the server listens.
 *
 * @throws NotStartedError if the server ends before that.
 */
export async function startServer(
  databaseUrl: string,
  { environment, imports = [], onOutput }: ServerSettings = {},
) {
  const preloads = imports.flatMap(({ href }) => ['--import', href]);
  const child = spawn(process.execPath, [...preloads, binary, 'serve'], {
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
  });
  let output = '';
  let isListening = false;
  const listening = Promise.withResolvers<{ url: string; adminUrl: string }>();
  const read = (chunk: string) => {
    onOutput?.(chunk);
    output = (output + chunk).slice(-maxOutputLength);
    const line = isListening ? undefined : /^\{.*"adminUrl".*\}$/m.exec(output)?.[0];
    if (!line) return;
    isListening = true;
    listening.resolve(JSON.parse(line));
  };
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  /** Resolves to the exit code, or to `undefined` if a signal ended the process. */
  const ended = once(child, 'close').then(([code]) => (code === null ? undefined : Number(code)));
  ended.then((code) => listening.reject(new NotStartedError(`The server ended with ${code}: ${output}`)));
  const { url, adminUrl } = await listening.promise;
  return {
    pid: child.pid ?? 0,
    url,
    adminUrl,
    /** Returns the end of what the server wrote. */
    output: () => output,
    ended,
    send: (signal: NodeJS.Signals) => child.kill(signal),
    /** Sends a signal, and resolves when the process is gone. */
    signal: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended;
    },
  };
}
