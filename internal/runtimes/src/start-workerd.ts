import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { bundleModule, createHost, type Host } from './served-module.ts';

/** A worker that can reach the loopback interface, on a port that the system chooses. */
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
 * Starts workerd, and serves the bundle of a module with it.
 *
 * @param compatibilityDate - Date whose behaviour workerd shows. From a date in August 2026 on, workerd has Node's modules.
 */
export async function startWorkerd(executable: string, entry: URL, compatibilityDate: string): Promise<Host> {
  await using resources = new AsyncDisposableStack();
  const { path } = resources.use(await mkdtempDisposable(join(tmpdir(), 'workerd-')));
  await writeFile(join(path, 'worker.js'), await bundleModule(entry));
  await writeFile(join(path, 'config.capnp'), configuration(compatibilityDate));
  const workerd = spawn(executable, ['serve', join(path, 'config.capnp'), '--control-fd=3'], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const exited = once(workerd, 'exit');
  resources.defer(async () => {
    workerd.kill();
    await exited;
  });
  const printed = Promise.all([text(workerd.stdout as Readable), text(workerd.stderr as Readable)]);
  const port = await readPort(workerd.stdio[3] as Readable);
  if (!port) throw new Error(`workerd exited before it listened: ${(await printed).join('\n')}`);
  const running = resources.move();
  return createHost(port, async () => {
    await running.disposeAsync();
    return (await printed).join('\n');
  });
}

/** workerd writes its port to the control channel. */
async function readPort(control: Readable): Promise<number | undefined> {
  for await (const line of createInterface(control)) {
    const message: unknown = JSON.parse(line);
    if (typeof message === 'object' && message !== null && 'port' in message) return Number(message.port);
  }
  return undefined;
}
