import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox } from '@partner-ecosystem/mocks';
import { requests, webhooks } from '@partner-ecosystem/openapi/examples';
import { afterAll, expect, test, vi } from 'vitest';
import { myApp } from './my-app.ts';

const token = 'not-a-real-callback-token';

const folder = mkdtempSync(join(tmpdir(), 'readme-'));
process.chdir(folder);
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
  // Callbacks are not signed: pull the merchant before you believe a callback. If the handler throws, it is called again.
  await partner.pullMerchant({ merchantId: payload.merchantData.id, realmId });
});
// #endregion embed

const { url } = await server.start();

afterAll(() => rmSync(folder, { recursive: true }));

test('the handler of the README takes a callback', async () => {
  const { merchantData, ...wrapper } = webhooks.accept.accept;
  const response = await fetch(`${url}/callbacks/${token}/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...wrapper, merchantData: { ...merchantData, id: merchantId } }),
  });
  expect(response.status).toBe(200);
  await vi.waitFor(
    async () => {
      const stored = await server.callbacks.list();
      expect(stored.map(({ deliveries }) => deliveries[0]?.state)).toEqual(['taken']);
    },
    { timeout: 240_000 },
  );
  await server.stop();
});
