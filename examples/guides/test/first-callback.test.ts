import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { freePorts } from './free-ports.ts';
import { runTwice } from './run-twice.ts';

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const terminals = await readFile(at('../src/first-callback/terminals.sh'), 'utf8');
const program = await readFile(at('../src/first-callback/submit-merchant.ts'), 'utf8');

test('a decision in the back office of the sandbox reaches the program, confirmed by a pull', async () => {
  const ports = await freePorts();
  const onFreePorts = (text: string) =>
    text.replaceAll(/\b40\d\d\b/g, (usual) => `${ports.get(usual) ?? usual}`);
  // The folder is inside this workspace, so that `npx` and the imports find the packages.
  const folder = await mkdtemp(at('../work-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'submit-merchant.ts'), onFreePorts(program));
  const shell = (name: string) => {
    const [, script = ''] = new RegExp(`#region ${name}\\n([^#]*)# #endregion`).exec(terminals) ?? [];
    return onFreePorts(script);
  };
  const port = (usual: string) => `${ports.get(usual)}`;
  const env = {
    ...process.env,
    PATH: `${at('../../../node_modules/.bin')}:${process.env['PATH']}`,
    DATABASE_URL: `sqlite:${join(folder, 'callbacks.db')}`,
    PORT: port('4020'),
    ADMIN_PORT: port('4021'),
    SANDBOX_CONTROL_URL: `http://127.0.0.1:${port('4011')}`,
  };

  /** Runs the commands of a terminal until the test ends. Resolves when the output has the text. */
  async function open(name: string, text: string, ...options: readonly string[]) {
    const script = `${shell(name).trimEnd()} ${options.join(' ')}`.replace(/^npx /m, 'exec npx ');
    const child = spawn('sh', ['-ec', script], { cwd: folder, env, detached: true });
    onTestFinished(async () => {
      if (child.pid === undefined || child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('close', resolve));
      process.kill(-child.pid, 'SIGTERM'); // `npx` starts a program of its own, in the same group.
      await ended;
    });
    let output = '';
    const waits = new Set<() => void>();
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        for (const check of waits) check();
      });
    const until = (expected: string, times = 1) =>
      new Promise<void>((resolve, reject) => {
        const check = () => {
          if (output.split(expected).length > times) resolve();
        };
        waits.add(check);
        child.once('close', () => reject(new Error(`${name} ended:\n${output}`)));
        check();
      });
    await until(text);
    return { until };
  }

  await open('sandbox', 'back office', '--port', port('4010'), '--control-port', port('4011'));
  const sink = await open('program', '"url"');
  const server = await open('server', '"listening"');
  await runTwice(async (round) => {
    const script = shell('decide').replaceAll('EXAMPLE-0001', `EXAMPLE-000${round}`);
    const { stdout } = await run('sh', ['-ec', script], { cwd: folder, env, timeout: 240_000 });
    expect(stdout).toMatch(/^Merchant [0-9a-f]{24} is submitted\.\n[0-9a-f]{24} is now accept\.\n$/);
    await sink.until('"status":"accept"', round);
    await server.until('"state":"confirmed"', round);
  });
}, 600_000);
