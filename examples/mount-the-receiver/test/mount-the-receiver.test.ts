import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallbackServer, createCallbackServer } from '@partner-ecosystem/callback-server';
import { webhooks } from '@partner-ecosystem/openapi/examples';
import express from 'express';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as expressSample from '../src/express.ts';
import * as fastifySample from '../src/fastify.ts';
import * as nestSample from '../src/nest.ts';
import { POST } from '../src/nextjs/app/callbacks/[...path]/route.ts';
import { callbackServer } from '../src/nextjs/callback-server.ts';

const token = 'not-a-real-callback-token';
const json = { 'content-type': 'application/json' };
// Spaces and the order of keys show whether the exact bytes arrive.
const body = ` ${JSON.stringify(Object.values(webhooks.accept)[0])}\n`;

function temporaryDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callback-server-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return `sqlite:${join(folder, 'callbacks.db')}`;
}

async function createStored(): Promise<CallbackServer> {
  const server = await createCallbackServer({ callbackTokens: [token], databaseUrl: temporaryDatabase() });
  onTestFinished(() => server.stop());
  return server;
}

async function listen(app: Server): Promise<string> {
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void app.close().closeAllConnections());
  return `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
}

async function expectStored(server: CallbackServer): Promise<void> {
  const [kept] = await server.callbacks.list();
  expect(kept).toMatchObject({ event: 'accept', verdict: 'valid' });
  const whole = await server.callbacks.get(kept?.id ?? '');
  expect(Buffer.from(whole?.body ?? []).toString()).toBe(body);
}

const apps: [string, (server: CallbackServer) => Promise<string>][] = [
  ['Express', (server) => listen(createServer(expressSample.createApp(server)))],
  [
    'Fastify',
    async (server) => {
      const app = fastifySample.createApp(server);
      onTestFinished(() => app.close());
      return app.listen({ host: '127.0.0.1', port: 0 });
    },
  ],
  [
    'Nest',
    async (server) => {
      const app = await nestSample.createApp(server);
      onTestFinished(() => app.close());
      await app.listen(0, '127.0.0.1');
      return app.getUrl();
    },
  ],
];

test.each(apps)('mounted in %s, the receiver stores the exact bytes', async (_, start) => {
  const server = await createStored();
  const url = await start(server);
  const response = await fetch(`${url}/callbacks/${token}/accept`, { method: 'POST', body, headers: json });
  expect([response.status, await response.text()]).toEqual([200, '{"received":true}']);
  await expectStored(server);
  const wrong = await fetch(`${url}/callbacks/wrong/accept`, { method: 'POST', body, headers: json });
  expect(wrong.status).toBe(404);
});

test.each(apps.slice(0, 2))('in %s, the other routes still get parsed bodies', async (_, start) => {
  const url = await start(await createStored());
  const response = await fetch(`${url}/orders`, { method: 'POST', body: '{"id":1}', headers: json });
  expect(await response.json()).toEqual({ id: 1 });
});

test('as a route handler of Next.js, the receiver stores the exact bytes', async () => {
  vi.stubEnv('CALLBACK_TOKENS', token);
  vi.stubEnv('DATABASE_URL', temporaryDatabase());
  onTestFinished(() => void vi.unstubAllEnvs());
  onTestFinished(async () => (await callbackServer()).stop());
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const url = `https://app.example/callbacks/${token}/accept`;
  const response = await POST(new Request(url, { method: 'POST', body, headers: json }));
  expect(response.status).toBe(200);
  await expectStored(await callbackServer());
});

test('behind a body parser, a callback gets 503, so that the provider sends it again', async () => {
  const server = await createStored();
  const app = express();
  app.use(express.json()).use(expressSample.createApp(server));
  const url = await listen(createServer(app));
  const response = await fetch(`${url}/callbacks/${token}/accept`, { method: 'POST', body, headers: json });
  expect(response.status).toBe(503);
  expect(await server.metrics()).toContain('callback_server_refusals_total{reason="consumed"} 1');
});
