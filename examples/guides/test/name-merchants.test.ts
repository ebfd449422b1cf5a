import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import type { ClientEvent, PartnerClient } from '@partner-ecosystem/client';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { onTestFinished } from 'vitest';
import { createNamingClient, createRemoteNamingClient } from '../src/callback-server/name-merchants.ts';
import { createCase, createPartnerIn, optionsFor } from './example-partner.ts';
import { runTwice } from './run-twice.ts';

const adminToken = 'not-a-real-token';

/** Starts a callback server that knows no merchant. */
async function startServer() {
  const folder = await mkdtemp(join(tmpdir(), 'guides-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const server = await createCallbackServer({
    callbackTokens: [adminToken],
    adminTokens: [adminToken],
    databaseUrl: `sqlite:${folder}/callbacks.db`,
    port: 0,
    adminPort: 0,
  });
  onTestFinished(() => server.stop());
  return { server, ...(await server.start()) };
}

type Started = Awaited<ReturnType<typeof startServer>>;
type Create = (options: ReturnType<typeof optionsFor>, started: Started) => PartnerClient;

test.for<[string, Create]>([
  ['in the same process', (options, { server }) => createNamingClient(options, server)],
  ['over HTTP', (options, { adminUrl }) => createRemoteNamingClient(options, adminUrl, adminToken)],
])(
  'a callback server %s knows each merchant that the client created',
  async ([, create], { sandbox, sandboxUrl }) => {
    const workplace = await createPartnerIn(sandbox, sandboxUrl);
    const started = await startServer();
    const partner = create(optionsFor(sandboxUrl, sandbox), started);
    const ids: string[] = [];
    await runTwice(async (round) => {
      ids.push(await createCase(partner, workplace, `EXAMPLE-${round}`));
    });
    const known = await started.server.merchants.list({ state: 'in-step', limit: 10 });
    expect(known.map(({ merchantId }) => merchantId).sort()).toEqual(ids.sort());
  },
);

test('a create succeeds although the callback server refuses its merchant, and an event reports this', async ({
  sandbox,
  sandboxUrl,
}) => {
  const workplace = await createPartnerIn(sandbox, sandboxUrl);
  const { adminUrl, server } = await startServer();
  const events: ClientEvent[] = [];
  const options = { ...optionsFor(sandboxUrl, sandbox), onEvent: (event: ClientEvent) => events.push(event) };
  const partner = createRemoteNamingClient(options, adminUrl, 'a-wrong-token');
  await createCase(partner, workplace, 'EXAMPLE-1');
  expect(events.at(-1)).toMatchObject({ operationId: 'createMerchant', type: 'unreported', error: 'Error' });
  expect(await server.merchants.list({ limit: 10 })).toEqual([]);
});
