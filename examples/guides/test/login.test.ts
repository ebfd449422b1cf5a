import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '@partner-ecosystem/mocks';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { onTestFinished, vi } from 'vitest';
import { createRotatingClient } from '../src/login/rotate-password.ts';
import { createSharingClient } from '../src/login/share-token.ts';
import { createPartnerIn, credentials, optionsFor } from './example-partner.ts';
import { runTwice } from './run-twice.ts';

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guides-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

function countLogins(sandbox: Sandbox): number {
  return sandbox.journal().filter((entry) => entry.kind === 'request' && entry.operation === 'loginPartner')
    .length;
}

test('clients with the same token file log in once', async ({ sandbox, sandboxUrl }) => {
  const { realmId } = await createPartnerIn(sandbox, sandboxUrl);
  const before = countLogins(sandbox);
  const path = join(await createFolder(), 'token.json');
  await runTwice(async () => {
    const partner = createSharingClient(optionsFor(sandboxUrl, sandbox), path);
    await partner.getPushMerchantSpec({ applicationId: realmId });
  });
  expect(countLogins(sandbox) - before).toBe(1);
});

test('a new password in the file is used at the next login', async ({ sandbox, sandboxUrl }) => {
  const { realmId } = await createPartnerIn(sandbox, sandboxUrl);
  const path = join(await createFolder(), 'password');
  const { goUrl, backopsUrl, persistUrl } = optionsFor(sandboxUrl, sandbox);
  const partner = createRotatingClient({ goUrl, backopsUrl, persistUrl }, credentials.username, path);
  await runTwice(async () => {
    await writeFile(path, 'an old password\n');
    sandbox.faults.add({ operation: 'getPushMerchantSpec', kind: 'token-revoked', times: 1 });
    await expect(partner.getPushMerchantSpec({ applicationId: realmId })).rejects.toThrow('loginPartner');
    await writeFile(path, `${credentials.password}\n`);
    // The client waits a second after a failed login.
    const spec = await vi.waitFor(() => partner.getPushMerchantSpec({ applicationId: realmId }), 240_000);
    expect(spec).toHaveProperty('flowId');
  });
});
