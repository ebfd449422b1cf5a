import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type * as Mocks from '@partner-ecosystem/mocks';
import type * as Examples from '@partner-ecosystem/openapi/examples';
import type * as Validators from '@partner-ecosystem/openapi/validators';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const overlay = fileURLToPath(new URL('../my-tenant.overlay.yaml', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'correct-the-contract-'));
const run = promisify(execFile);

/** Copies the contract and the built sandbox, corrects the copy, and makes the sandbox use the corrected contract. */
beforeAll(async () => {
  copyPackage('openapi');
  copyPackage('packages/mocks');
  cpSync(join(root, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'));
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@partner-ecosystem'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@partner-ecosystem') symlinkSync(join(root, 'node_modules', name), join(modules, name));
  symlinkSync(join(copy, 'openapi'), join(modules, '@partner-ecosystem/openapi'));
  symlinkSync(join(root, 'internal/redocly'), join(modules, '@partner-ecosystem/redocly'));

  cpSync(overlay, join(copy, 'openapi/overlays/corrections/my-tenant.overlay.yaml'));
  await run(process.execPath, ['generate/build.ts'], { cwd: join(copy, 'openapi') });
});

afterAll(() => rmSync(copy, { recursive: true }));

function copyPackage(name: string): void {
  cpSync(join(root, name), join(copy, name), {
    recursive: true,
    filter: (source) => !source.includes('node_modules') && !source.endsWith('openapi/dist'),
  });
}

test('the validators require the new property', async () => {
  const { responses } = await fromCopy<typeof Validators>('openapi/dist/validators/index.js');
  expect(responses.pushMerchant.validate200({ itemsTaken: 4 }).ok).toBe(true);
  expect(responses.pushMerchant.validate200({})).toMatchObject({ violations: [{ pointer: '/itemsTaken' }] });
});

test('the types require the new property', async () => {
  const program = `import type { components } from '@partner-ecosystem/openapi/schema';
    type Result = components['schemas']['PushMerchantResult'];
    export const valid: Result = { itemsTaken: 4 };
    // @ts-expect-error The overlay makes the property required.
    export const invalid: Result = {};`;
  writeFileSync(join(copy, 'program.mts'), program);
  writeFileSync(
    join(copy, 'tsconfig.json'),
    '{ "extends": "./tsconfig.base.json", "files": ["program.mts"] }',
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await expect(run(process.execPath, [tsc, '-p', copy])).resolves.toMatchObject({ stdout: '' });
});

test('the sandbox responds with the new property', async () => {
  const { createSandbox } = await fromCopy<typeof Mocks>('packages/mocks/dist/index.js');
  const examples = await fromCopy<typeof Examples>('openapi/dist/examples.js');
  const sandbox = createSandbox();
  const { realm, administratorToken } = sandbox.fixtures;
  const call = async (path: string, body: object, token = '') => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: token }) };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await sandbox.fetch(new Request(`https://provider.test${path}`, init));
    return (await response.json()) as { id: string };
  };

  const partner = examples.requests.createPartner.broker;
  const { id: distributorId } = await call('/api/distributors', partner, administratorToken);
  const { id: token } = await call('/api/distributors/login', partner);
  const link = { distributorId, realmId: realm.id, flowIds: realm.flows.map(({ id }) => id) };
  await call('/api/distributorlink', link, token);
  const merchant = examples.requests.createMerchant.customer;
  const { id: merchantId } = await call('/api/distributors/createMerchant', merchant, token);

  const push = { ...examples.requests.pushMerchant.twoDocumentsOnOnePage, merchantId };
  expect(await call('/api/distributors/pushMerchant', push, token)).toEqual({ result: {}, itemsTaken: 4 });
});

/** Imports a module of the copy. Its types are those of the original, which lack the correction. */
async function fromCopy<Module>(path: string): Promise<Module> {
  return (await import(pathToFileURL(join(copy, path)).href)) as Module;
}
