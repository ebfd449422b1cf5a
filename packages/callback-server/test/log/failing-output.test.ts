import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { binary } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

interface SilentServer {
  readonly process: ChildProcess;
  readonly url: string;
  readonly adminUrl: string;
  readonly exit: Promise<number | null>;
}

/** Runs `serve` with an output that the test cannot read. The random loopback address keeps the default ports free. */
async function serveInto(
  output: number | 'pipe',
  path = temporaryDatabase(),
  environment: Record<string, string> = {},
): Promise<SilentServer> {
  const host = `127.${randomInt(1, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`;
  const settings = {
    PATH: process.env['PATH'] ?? '',
    HOST: host,
    ADMIN_HOST: host,
    DATABASE_URL: `sqlite:${path}`,
    CALLBACK_TOKENS: token,
    DRAIN_SECONDS: '0',
    ...environment,
  };
  const child = spawn(process.execPath, [binary, 'serve'], {
    env: settings,
    stdio: ['ignore', output, output],
  });
  if (output === 'pipe') for (const stream of [child.stdout, child.stderr]) stream?.destroy();
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = `http://${host}:4020`;
  await eventually(async () => expect((await fetch(`${url}/health/live`)).status).toBe(200));
  return { process: child, url, adminUrl: `http://${host}:4021`, exit };
}

/** A named pipe that is open for reading, and that nobody reads. */
function unreadPipe(): { readonly end: number; readonly breakUp: () => void } {
  const path = join(dirname(temporaryDatabase()), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const end = openSync(path, constants.O_WRONLY);
  return { end, breakUp: () => [reader, end].map((each) => closeSync(each)) };
}

async function postMany({ url }: SilentServer, count: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  for (let id = 0; id < count; id++) {
    const init = { method: 'POST', body: callback('accept', { id: `m${id}` }), headers };
    expect((await fetch(`${url}/callbacks/${token}/accept`, init)).status).toBe(200);
  }
}

async function droppedLines({ adminUrl }: SilentServer): Promise<number> {
  const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
  return Number(/^callback_server_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]);
}

async function expectWellStopped(server: SilentServer): Promise<void> {
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
}

test.runIf(existsSync('/dev/full'))('with its log on a full disk the server serves and stops', async () => {
  const server = await serveInto(openSync('/dev/full', 'w'));
  await postMany(server, 3);
  await eventually(async () => expect(await droppedLines(server)).toBeGreaterThanOrEqual(4));
  await expectWellStopped(server);
});

test('with its log in a pipe that has no reader the server serves and stops', async () => {
  const server = await serveInto('pipe');
  await postMany(server, 3);
  await eventually(async () => expect(await droppedLines(server)).toBeGreaterThanOrEqual(4));
  await expectWellStopped(server);
});

test('with its log in a pipe that nobody reads the server serves and stops', async () => {
  const { end } = unreadPipe();
  const server = await serveInto(end);
  // More lines than a pipe holds.
  await postMany(server, 600);
  await expectWellStopped(server);
});

test('a log pipe whose reader leaves while the server runs does not end the server', async () => {
  const { end, breakUp } = unreadPipe();
  const server = await serveInto(end);
  breakUp();
  await postMany(server, 3);
  await eventually(async () => expect(await droppedLines(server)).toBeGreaterThanOrEqual(3));
  await expectWellStopped(server);
});
