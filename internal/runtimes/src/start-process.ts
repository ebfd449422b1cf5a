import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createHost, type Host } from './served-module.ts';

const script = fileURLToPath(new URL('serve.ts', import.meta.url));

/** Starts a runtime that reads TypeScript and finds packages on its own, and serves a module with it. */
export async function startProcess(executable: string, args: readonly string[], entry: URL): Promise<Host> {
  const child = spawn(executable, [...args, script, entry.href], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Options of the Node that runs the tests do not apply to other runtimes.
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
  });
  // When the child exits, a part of its output can still be on the way.
  const closed = once(child, 'close');
  const lines: string[] = [];
  const firstLine = Promise.withResolvers<void>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    firstLine.resolve();
  });
  const errorOutput = text(child.stderr);
  await Promise.race([firstLine.promise, closed]);
  const port = Number(lines.shift());
  if (!port) throw new Error(`${executable} exited before it listened: ${await errorOutput}`);
  return createHost(port, async () => {
    child.kill();
    await closed;
    return [...lines, await errorOutput].join('\n');
  });
}
