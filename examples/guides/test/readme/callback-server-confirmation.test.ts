import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { createPartnerClient } from '@partner-ecosystem/client';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'readme-'));
process.chdir(folder);
const token = 'not-a-real-callback-token';
const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };

// #region provider
const server = await createCallbackServer({
  callbackTokens: [token],
  provider: (fetch) =>
    createPartnerClient({ environment: 'preproduction', credentials, fetch, trustFetchErrors: true }),
});
// #endregion provider

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test('a server with a provider confirms callbacks', async () => {
  expect(await server.metrics()).toContain('callback_server_circuit{route="confirm"} 0');
});
