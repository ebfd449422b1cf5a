import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox } from '@partner-ecosystem/mocks';
import { requests, webhooks } from '@partner-ecosystem/openapi/examples';
import { afterAll, expect, test, vi } from 'vitest';
import { myApp } from './my-app.ts';
import receiver, { kept, token } from './receiver.ts';

const folder = mkdtempSync(join(tmpdir(), 'readme-'));
const path = join(folder, 'callbacks.db');
process.chdir(folder);
vi.stubEnv('CALLBACK_TOKEN', token);
const { backOffice, fetch: sandboxFetch } = createSandbox();
const options = {
  environment: 'preproduction',
  credentials: backOffice.addPartner().credentials,
  fetch: sandboxFetch,
} as const;
const partner = createPartnerClient(options);
const merchantId = await myApp.onboard(options);
const { realmId } = requests.createMerchant.customer;

// #region embed
import { createCallbackServer } from '@partner-ecosystem/callback-server';

const server = await createCallbackServer({ callbackTokens: [token], port: 0, adminPort: 0 });
server.on('accept', async ({ payload }) => {
  // Callbacks are not signed: pull the merchant before you believe one. If the handler throws, it is called again later.
  await partner.pullMerchant({ merchantId: payload.merchantData.id, realmId });
});
// #endregion embed
// #region transaction
server.on('reject', ({ id, payload }, { transaction }) => {
  transaction.run('INSERT INTO decisions (callback, merchant) VALUES (?, ?)', id, payload.merchantData.id);
});
// #endregion transaction

const tables = new DatabaseSync(path);
tables.exec('CREATE TABLE decisions (callback TEXT, merchant TEXT) STRICT');
tables.close();
const { url } = await server.start();

afterAll(() => rmSync(folder, { recursive: true }));

/** A callback of the event about the merchant. */
function callbackOf(event: 'accept' | 'reject') {
  const { merchantData, ...wrapper } = { ...webhooks.accept, ...webhooks.reject }[event];
  const body = JSON.stringify({ ...wrapper, merchantData: { ...merchantData, id: merchantId } });
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body };
}

test('both handlers of the README take a callback, and one writes a row', async () => {
  for (const event of ['accept', 'reject'] as const)
    expect((await fetch(`${url}/callbacks/${token}/${event}`, callbackOf(event))).status).toBe(200);
  await vi.waitFor(
    async () => {
      const stored = await server.callbacks.list();
      expect(stored.map(({ deliveries }) => deliveries[0]?.state)).toEqual(['taken', 'taken']);
    },
    { timeout: 30_000 },
  );
  await server.stop();
  const rows = new DatabaseSync(path, { readOnly: true }).prepare('SELECT merchant FROM decisions').all();
  expect(rows).toEqual([{ merchant: merchantId }]);
});

test('the receiver of the README keeps a callback in its own store', async () => {
  const response = await receiver.fetch(
    new Request(`http://receiver.test/callbacks/${token}/accept`, callbackOf('accept')),
  );
  expect(response.status).toBe(200);
  expect(kept).toHaveLength(1);
});
