import { createServer } from 'node:http';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, test } from 'vitest';
import { token } from '../support/callbacks.ts';
import { notifySecret, startNotified } from '../support/notified.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { temporaryDatabase } from '../support/running-server.ts';

async function doctor(args: string[], settings: Record<string, string>): Promise<string> {
  const environment = { CALLBACK_TOKENS: token, DATABASE_URL: `sqlite:${temporaryDatabase()}` };
  const running = runInProcess(['doctor', ...args], { ...environment, ...settings });
  await running.exit;
  return running.output();
}

test('the doctor posts a signed test to NOTIFY_URL, with the link to the admin port', async () => {
  const { url, notified } = await startNotified();
  const admin = { ADMIN_URL: 'https://admin.example', ADMIN_TOKENS: 'not-a-real-admin-token' };
  const settings = { NOTIFY_URL: url, NOTIFY_SECRET: notifySecret, ...admin };
  expect(await doctor(['--notify'], settings)).toMatch(/^ok {7}notify URL: has taken the test message$/m);
  expect(notified.map(({ body }) => body.data)).toMatchObject([
    { text: 'This is a test. Nothing has happened.', adminUrl: 'https://admin.example' },
  ]);
});

test('without --notify the doctor tries NOTIFY_URL, and sends no message', async () => {
  const requests: string[] = [];
  const target = createServer((request, response) => {
    requests.push(`${request.method} ${request.headers['content-length'] ?? 'without a body'}`);
    response.writeHead(503).end();
  });
  await using listening = await listenOnFreePort(target);
  const settings = { NOTIFY_URL: `${listening.url}/canary` };
  const output = await doctor([], settings);
  expect(output).toMatch(
    /^warning {2}notify URL: is reached, and responds 503.* Check the server behind NOTIFY_URL\.$/m,
  );
  expect(await doctor(['--notify'], settings)).toMatch(
    /^failure {2}notify URL: cannot be used: responded 503\. Check NOTIFY_URL, and the server that it names\.$/m,
  );
  expect(requests).toEqual(['OPTIONS without a body', expect.stringMatching(/^POST \d+$/)]);
  expect(output).not.toContain('canary');
});
