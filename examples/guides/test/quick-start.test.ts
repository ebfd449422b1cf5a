import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox } from '@partner-ecosystem/mocks';
import { mswHandlers } from '@partner-ecosystem/mocks/msw';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { setupServer } from 'msw/node';
import { onTestFinished } from 'vitest';
import { createClientFrom } from '../src/quick-start/partner-client.ts';
import { createPartnerIn, credentials } from './example-partner.ts';
import { runTwice } from './run-twice.ts';

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A project outside this repository, which has the two packages of the quick start. */
async function createProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'my-onboarding-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const packages = join(folder, 'node_modules/@partner-ecosystem');
  await mkdir(packages, { recursive: true });
  for (const name of ['client', 'mocks'])
    await symlink(at(`../../../packages/${name}`), join(packages, name));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return folder;
}

test('the quick start accepts a merchant in a project of its own', async () => {
  const folder = await createProject();
  await copyFile(at('../src/quick-start/first-merchant.ts'), join(folder, 'first-merchant.ts'));
  await runTwice(async () => {
    const { stdout } = await run(process.execPath, ['first-merchant.ts'], { cwd: folder, timeout: 240_000 });
    expect(stdout).toMatch(/^Merchant [0-9a-f]{24}: accept\n$/);
  });
});

test('the client uses the URLs of the environment variables', async ({ sandbox, sandboxUrl }) => {
  await createPartnerIn(sandbox, sandboxUrl);
  const { username, password } = credentials;
  const environment = {
    PARTNER_USERNAME: username,
    PARTNER_PASSWORD: password,
    PARTNER_GO_URL: sandboxUrl,
    PARTNER_BACKOPS_URL: sandboxUrl,
    PARTNER_PERSIST_URL: sandboxUrl,
  };
  const { flows, id } = sandbox.fixtures.realm;
  await runTwice(async () => {
    const partner = createClientFrom(environment);
    const spec = await partner.getPushMerchantSpec({ applicationId: id });
    expect(spec.flowId).toBe(flows[0]?.id);
  });
});

test('without these URLs, the client uses preproduction', async () => {
  const sandbox = createSandbox();
  const network = setupServer(...mswHandlers(sandbox));
  network.listen({ onUnhandledFrame: 'error' });
  onTestFinished(() => network.close());
  const { username, password } = credentials;
  const { administratorToken } = sandbox.fixtures;
  await createPartnerClient({ environment: 'preproduction', administratorToken }).createPartner(credentials);
  const partner = createClientFrom({ PARTNER_USERNAME: username, PARTNER_PASSWORD: password });
  await expect(partner.loginPartner({ username, password })).resolves.toHaveProperty('ttl', 1_209_600);
});
