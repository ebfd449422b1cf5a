import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** A worker that listens on a port of 127.0.0.1. */
export interface RunningWorker extends AsyncDisposable {
  readonly port: number;
  /** Ends it, and gives everything that went to its console. */
  end(): Promise<string>;
}

/** A worker that may reach the loopback, on a port that the system chooses. */
const configuration = (compatibilityDate: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "${compatibilityDate}",
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`;

/**
 * Starts a worker.
 *
 * @param module - Its code: one module.
 * @param compatibilityDate - Of which day its behaviour is to be. Since August 2026 it has modules of Node's.
 */
export async function serveInWorkerd(
  executable: string,
  module: string,
  compatibilityDate = '2026-11-01',
): Promise<RunningWorker> {
  await using resources = new AsyncDisposableStack();
  const { path } = resources.use(await mkdtempDisposable(join(tmpdir(), 'workerd-')));
  await writeFile(join(path, 'worker.js'), module);
  await writeFile(join(path, 'config.capnp'), configuration(compatibilityDate));
  const workerd = spawn(executable, ['serve', join(path, 'config.capnp'), '--control-fd=3'], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const ended = once(workerd, 'exit');
  resources.defer(async () => {
    workerd.kill();
    await ended;
  });
  const printed = Promise.all([text(workerd.stdout as Readable), text(workerd.stderr as Readable)]);
  const port = await portOf(workerd.stdio[3] as Readable);
  const running = resources.move();
  return {
    port,
    end: async () => {
      await running.disposeAsync();
      return (await printed).join('\n');
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Workerd says on its control channel where it listens. */
async function portOf(control: Readable): Promise<number> {
  for await (const line of createInterface(control)) {
    const message: unknown = JSON.parse(line);
    if (typeof message === 'object' && message !== null && 'port' in message) return Number(message.port);
  }
  throw new Error('workerd ended before it listened.');
}
