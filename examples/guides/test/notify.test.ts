import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CallbackServer,
  type CallbackServerOptions,
  createCallbackServer,
  type Notification,
} from '@partner-ecosystem/callback-server';
import { createPartnerClient } from '@partner-ecosystem/client';
import { webhooks } from '@partner-ecosystem/openapi/examples';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createTellingServer } from '../src/callback-server/notify-program.ts';

const token = 'not-a-real-token';
const secret = 'bm90IGEgcmVhbCBub3RpZnkgc2VjcmV0IQ==';

/** What a webhook gets. */
interface Message {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Omit<Notification, 'id' | 'timestamp'>;
}

/** Options of a server that gives up each delivery at once. */
async function givingUp(): Promise<CallbackServerOptions> {
  const folder = await mkdtemp(join(tmpdir(), 'guides-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const databaseUrl = `sqlite:${join(folder, 'callbacks.db')}`;
  return { callbackTokens: [token], databaseUrl, port: 0, adminPort: 0, deliveryDelaysMs: [] };
}

/** Starts a server whose handler takes nothing, and posts an accept. */
async function postInVain(server: CallbackServer): Promise<void> {
  onTestFinished(() => server.stop());
  server.on('accept', () => Promise.reject(new Error('The handler takes nothing.')));
  const { url } = await server.start();
  await fetch(`${url}/callbacks/${token}/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.values(webhooks.accept)[0]),
  });
}

async function startTarget() {
  const messages: Message[] = [];
  const webhook = new Webhook(secret);
  const target = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
    const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
    messages.push(webhook.verify(Buffer.concat(chunks).toString(), headers) as Message); // The signature is ours.
    response.writeHead(204).end();
  });
  const { url, close } = await listenOnFreePort(target);
  onTestFinished(close);
  return { url, messages };
}

test('a webhook gets messages such as notification.json', async () => {
  const path = new URL('../src/callback-server/notification.json', import.meta.url);
  const sample = JSON.parse(await readFile(path, 'utf8')) as Message;
  const { url, messages } = await startTarget();
  const server = await createCallbackServer({
    ...(await givingUp()),
    confirm: 'never',
    reconcileMs: 100,
    unverifiableMs: 0,
    pullsPerMinute: 6000,
    provider: () =>
      createPartnerClient({
        environment: 'preproduction',
        credentials: { username: 'example-broker', password: 'Not-a-real-password-1' },
        retry: false,
        fetch: async () => Response.json({}, { status: 404 }),
      }),
    notify: { url, secret, intervalMs: 600 },
    adminUrl: 'https://callbacks.example',
    adminTokens: ['not-a-real-token-1'],
  });
  await postInVain(server);
  const kinds = sample.data.entries.map(({ kind }) => kind);
  const told = () => messages.flatMap(({ data }) => data.entries).filter(({ kind }) => kinds.includes(kind));
  await vi.waitFor(() => expect(told().length).toBeGreaterThanOrEqual(2), 240_000);

  const [kept] = await server.callbacks.list();
  const withId = (text: string) => text.replaceAll(/[\da-f]{32}/g, kept?.id ?? '');
  expect(told()).toEqual(expect.arrayContaining(JSON.parse(withId(JSON.stringify(sample.data.entries)))));
  const lines = messages.flatMap(({ data }) => data.text.split('\n'));
  expect(lines).toEqual(expect.arrayContaining(withId(sample.data.text).split('\n')));
  for (const message of messages) {
    expect(Object.keys(message)).toEqual(Object.keys(sample));
    expect(Object.keys(message.data)).toEqual(Object.keys(sample.data));
    expect(message).toMatchObject({ type: sample.type, data: { adminUrl: sample.data.adminUrl } });
  }
});

test('a function of the program receives the notifications', async () => {
  const told: Notification[] = [];
  const server = await createTellingServer(await givingUp(), async (notification) => {
    told.push(notification);
  });
  await postInVain(server);
  const isGivenUp = async () => expect(await server.metrics()).toMatch(/dead_letters\{route="handler"\} 1/);
  await vi.waitFor(isGivenUp, 240_000);
  await server.stop();
  expect(told.map(({ entries }) => entries)).toMatchObject([[{ kind: 'dead-letter', route: 'handler' }]]);
});
