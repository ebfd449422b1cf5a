import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  createCallbackServer,
  type ForwardRoute,
  type RouteOptions,
} from '@partner-ecosystem/callback-server';
import type { IncomingCallback } from '@partner-ecosystem/callback-server/receiver';
import { webhooks } from '@partner-ecosystem/openapi/examples';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createConfirmingServer } from '../src/callback-server/confirm-first.ts';
import { createOwnReceiver } from '../src/callback-server/receive-anywhere.ts';
import { createForwardTarget } from '../src/callback-server/take-forwarded.ts';
import { runTwice } from './run-twice.ts';

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const token = 'not-a-real-token';

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guides-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** The routes of a sample of a routes file. */
async function routesIn(sample: string): Promise<RouteOptions[]> {
  return JSON.parse(await readFile(at(`../src/callback-server/${sample}`), 'utf8'));
}

/** Starts a callback server with the first route of the sample, and a target that replaces the bank. */
async function startForwarding(take: (id: string, payload: unknown) => Promise<void>) {
  const [route] = (await routesIn('routes.json')) as ForwardRoute[];
  if (!route) throw new Error('The sample has no route.');
  const target = await listenOnFreePort(createForwardTarget(route.secrets?.[0] ?? '', take));
  onTestFinished(() => target.close());
  const server = await createCallbackServer({
    callbackTokens: [token],
    databaseUrl: `sqlite:${await createFolder()}/callbacks.db`,
    port: 0,
    adminPort: 0,
    deliveryDelaysMs: [1],
    routes: [{ ...route, url: target.url }],
  });
  onTestFinished(() => server.stop());
  const { url } = await server.start();
  const post = (event: string, body: unknown) =>
    fetch(`${url}/callbacks/${token}/${event}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { post, targetUrl: target.url };
}

test('a route signs the decisions, and forwards them until the target accepts them', async () => {
  const ids: string[] = [];
  const take = vi.fn(async (id: string) => {
    ids.push(id);
    if (ids.length === 1) throw new Error('The first attempt fails.');
  });
  const { post, targetUrl } = await startForwarding(take);
  await runTwice(async (round) => {
    const { merchantData } = webhooks.accept.accept;
    await post('pending', { merchantData: { ...merchantData, status: 'pending' } });
    await post('accept', { merchantData: { ...merchantData, id: `6553f100000000000000000${round}` } });
    await vi.waitFor(() => expect(take).toHaveBeenCalledTimes(round + 1), 240_000);
  });
  expect(new Set(ids).size).toBe(2);
  const unsigned = await fetch(targetUrl, { method: 'POST', body: '{}' });
  expect(unsigned.status).toBe(401);
});

test('the first run creates a database, and finds no failure', async () => {
  const cwd = await createFolder();
  const PATH = [at('../../../node_modules/.bin'), process.env['PATH']].join(delimiter);
  await runTwice(async () => {
    const { stdout } = await run('sh', ['-e', at('../src/operate/first-run.sh')], {
      cwd,
      env: { ...process.env, PATH },
      timeout: 240_000,
    });
    expect(stdout).toMatch(/^ok +database: /m);
  });
});

test('a server has a route for each queue of the sample', async () => {
  const routes = await routesIn('queues.json');
  const databaseUrl = `sqlite:${await createFolder()}/callbacks.db`;
  const server = await createCallbackServer({ callbackTokens: [token], databaseUrl, routes });
  onTestFinished(() => server.stop());
  const metrics = await server.metrics();
  for (const { name } of routes) expect(metrics).toContain(`callback_server_circuit{route="${name}"} 0`);
});

test('a server with a provider has a route that confirms callbacks', async () => {
  const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };
  const databaseUrl = `sqlite:${await createFolder()}/callbacks.db`;
  const server = await createConfirmingServer(token, credentials, databaseUrl);
  onTestFinished(() => server.stop());
  expect(await server.metrics()).toContain('callback_server_circuit{route="confirm"} 0');
});

test('a receiver keeps each callback in the store that its program gives', async () => {
  const insert = vi.fn(async ({ bodySha256 }: IncomingCallback) => ({ id: bodySha256, isNew: true }));
  const receiver = createOwnReceiver(token, { insert, check: async () => {} });
  await runTwice(async (round) => {
    const request = new Request(`http://receiver.test/callbacks/${token}/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(webhooks.accept.accept),
    });
    expect((await receiver.fetch(request)).status).toBe(200);
    expect(insert).toHaveBeenCalledTimes(round);
  });
});
