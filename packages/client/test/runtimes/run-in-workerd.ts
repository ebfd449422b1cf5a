import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { bundleChecks } from './bundle-checks.ts';
import type { Report } from './runtime.ts';

/** A worker that may reach the loopback, on a port that the system chooses. */
const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "checks", worker = (
      modules = [(name = "checks.js", esModule = embed "checks.js")],
      compatibilityDate = "2026-11-01",
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "checks")],
);
`;

/** Runs the checks in a worker. */
export async function runInWorkerd(executable: string, port: number): Promise<Report> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'workerd-'));
  await writeFile(join(folder.path, 'checks.js'), await bundleChecks('in-worker.ts'));
  await writeFile(join(folder.path, 'config.capnp'), configuration);
  const workerd = spawn(executable, ['serve', join(folder.path, 'config.capnp'), '--control-fd=3'], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const printed = Promise.all([text(workerd.stdout as Readable), text(workerd.stderr as Readable)]);
  const ended = once(workerd, 'exit');
  try {
    const own = await portOf(workerd.stdio[3] as Readable);
    const server = encodeURIComponent(`http://127.0.0.1:${port}`);
    const response = await fetch(`http://127.0.0.1:${own}/?server=${server}`, {
      signal: AbortSignal.timeout(300_000),
    });
    if (!response.ok) throw new Error(`workerd answered ${response.status}.`);
    const outcomes = (await response.json()) as Report['outcomes'];
    workerd.kill();
    return { outcomes, printed: (await printed).join('\n') };
  } finally {
    workerd.kill();
    await ended;
  }
}

/** Workerd says on its control channel where it listens. */
async function portOf(control: Readable): Promise<number> {
  for await (const line of createInterface(control)) {
    const message: unknown = JSON.parse(line);
    if (typeof message === 'object' && message !== null && 'port' in message) return Number(message.port);
  }
  throw new Error('workerd ended before it listened.');
}
