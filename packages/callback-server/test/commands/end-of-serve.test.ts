import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { callback, token } from '../support/callbacks.ts';
import { postAccept } from '../support/post-accept.ts';
import { serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test('a second signal ends the server at once', async () => {
  const server = await serve(temporaryDatabase(), { DRAIN_SECONDS: '600' });
  server.process.kill('SIGTERM');
  await expect.poll(() => fetch(`${server.url}/health/ready`).then(({ status }) => status)).toBe(503);
  server.process.kill('SIGINT');
  expect(await server.exit).toBe(1);
});

test('the grace period ends a request that never completes', async () => {
  const server = await serve(temporaryDatabase(), { SHUTDOWN_GRACE_SECONDS: '1' });
  const slow = createConnection(Number(new URL(server.url).port), '127.0.0.1');
  slow.on('error', () => {});
  slow.write(
    `POST /callbacks/${token}/accept HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  );
  await fetch(`${server.url}/health/ready`);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  slow.destroy();
});

test('a callback acknowledged just before SIGKILL survives it', async () => {
  const path = temporaryDatabase();
  const first = await serve(path);
  const response = await postAccept(first.url, callback('accept'));
  first.process.kill('SIGKILL');
  expect(response.status).toBe(200);
  await first.exit;

  const second = await serve(path);
  const kept = await (await fetch(`${second.adminUrl}/callbacks`)).json();
  expect(kept).toMatchObject([{ event: 'accept', verdict: 'valid', seenCount: 1 }]);
});

test('SIGTERM ends the server with exit code 0', async () => {
  const path = temporaryDatabase();
  const server = await serve(path);
  expect((await postAccept(server.url, callback('accept'))).status).toBe(200);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.output()).toContain('"stopped"');
});

test('a delivery that crashes the process at each attempt ends as dead', async () => {
  const path = temporaryDatabase();
  const codes: (number | null)[] = [];
  while (codes.length < 10 && codes.at(-1) !== 0) codes.push(await runEndedByHandler(path));
  // One attempt, and one for each delay. The next run has nothing to deliver.
  expect(codes).toEqual([9, 9, 9, 0]);
});

/** Runs a server whose handler exits with 9. Without a delivery the server exits with 0. */
function runEndedByHandler(path: string): Promise<number | null> {
  const options = { databaseUrl: `sqlite:${path}`, callbackTokens: [token], port: 0, adminPort: 0 };
  const script = `
    import { createCallbackServer } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url))};
    const delays = { deliveryDelaysMs: [1, 1] };
    const server = await createCallbackServer({ ...${JSON.stringify(options)}, ...delays });
    server.on('accept', () => process.exit(9));
    const { url } = await server.start();
    const init = { method: 'POST', body: ${JSON.stringify(callback('accept'))},
      headers: { 'content-type': 'application/json' } };
    await fetch(url + '/callbacks/${token}/accept', init);
    const open = async () => (await server.callbacks.list())[0].deliveries[0].state !== 'dead';
    while (await open()) await new Promise(setImmediate);
    await server.stop();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return new Promise((resolve) => child.once('close', resolve));
}
