import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { onTestFinished } from 'vitest';
import { createCrowdedSandbox } from '../src/sandbox/crowded-queue.ts';
import { acceptMerchant, createMine } from '../src/sandbox/decide-by-script.ts';
import { addFaults, decideByRule, overrideOnce, tryAndUndo, waitTwoDays } from '../src/sandbox/steer.ts';
import { createCase, createPartnerIn, customer, submitCase } from './example-partner.ts';
import { runTwice } from './run-twice.ts';

const run = promisify(execFile);
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('a script accepts a merchant of a running sandbox', async () => {
  const { url, controlUrl, controlToken, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(close);
  const { partner, ...workplace } = await createPartnerIn(sandbox, url);
  await runTwice(async (round) => {
    const merchantId = await createCase(partner, workplace, `EXAMPLE-${round}`);
    const early = acceptMerchant(controlUrl, controlToken, merchantId);
    await expect(early).rejects.toThrow(`cannot accept merchant ${merchantId}`);
    await submitCase(partner, workplace, merchantId);
    await acceptMerchant(controlUrl, controlToken, merchantId);
    expect(sandbox.backOffice.find(merchantId)?.status).toBe('accept');
  });
});

test('a script creates a sandbox beside the default sandbox', async () => {
  const { controlUrl, controlToken, sandboxes, close } = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(close);
  const mine = await createMine(controlUrl, controlToken);
  const { data } = await mine.POST('/merchants', { body: { number: 2 } });
  expect(data).toHaveLength(2);
  expect(sandboxes.get('mine')?.backOffice.list().total).toBe(2);
});

test('a rule decides after the clock has moved', async ({ sandbox, sandboxUrl }) => {
  const workplace = await createPartnerIn(sandbox, sandboxUrl);
  const { partner, realmId, realm, flowId } = workplace;
  decideByRule(sandbox);
  await runTwice(async (round) => {
    const waiting = await createCase(partner, workplace, `EXAMPLE-${round}`);
    const contact = { email: 'reject@example.com', mobile: '0000000003' };
    const ids = { realmId, realm, flowId, signzyAppId: `REJECT-${round}` };
    const rejected = await partner.createMerchant({ ...ids, ...contact, name: 'Reject Example' });
    for (const merchantId of [waiting, rejected.id]) await submitCase(partner, workplace, merchantId);
    await waitTwoDays(sandbox);
    expect(sandbox.backOffice.find(waiting)?.status).toBe('pending');
    expect(sandbox.backOffice.find(rejected.id)?.status).toBe('reject');
  });
});

test('each override changes one response', async ({ sandbox, sandboxUrl }) => {
  const { partner, ...workplace } = await createPartnerIn(sandbox, sandboxUrl);
  const { realmId, realm, flowId } = workplace;
  await runTwice(async (round) => {
    overrideOnce(sandbox);
    const ids = { realmId, realm, flowId, signzyAppId: `EXAMPLE-${round}` };
    const { id: merchantId, status } = await partner.createMerchant({ ...customer, ...ids });
    expect(status).toBe('draft');
    const pull = () => partner.pullMerchant({ merchantId, realmId });
    await expect(pull()).rejects.toThrow('404');
    await expect(pull()).resolves.toHaveProperty('result');
    const template = { applicationId: realmId, flowId };
    // With retries, the client would repeat a request whose response does not come from the API.
    const { body } = await partner.raw.getPushMerchantSpec(template, { retry: false });
    expect(body).toBe('anything');
    await expect(partner.getPushMerchantSpec(template)).resolves.not.toBe('anything');
  });
});

test('the faults of the sample are added', ({ sandbox }) => {
  addFaults(sandbox);
  expect(sandbox.faults.list()).toHaveLength(3);
});

test('the scenario of the sample has three pending cases and a rejected case', () => {
  const sandbox = createCrowdedSandbox('http://127.0.0.1:9/');
  expect(sandbox.backOffice.list({ status: 'pending' }).total).toBe(3);
  expect(sandbox.backOffice.list({ status: 'reject' }).total).toBe(1);
});

test('a shell script controls a running sandbox', async () => {
  const { url, controlUrl, controlToken, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
  onTestFinished(close);
  const { partner, ...workplace } = await createPartnerIn(sandbox, url);
  const merchantId = await createCase(partner, workplace, 'EXAMPLE-0001');
  await submitCase(partner, workplace, merchantId);
  const PATH = [at('../../../node_modules/.bin'), process.env['PATH']].join(delimiter);
  const env = {
    ...process.env,
    PATH,
    SANDBOX_CONTROL_URL: controlUrl,
    SANDBOX_CONTROL_TOKEN: controlToken,
  };
  await run('sh', ['-e', at('../src/sandbox/control.sh')], { env, timeout: 240_000 });
  expect(sandbox.backOffice.find(merchantId)).toMatchObject({ status: 'reject' });
  expect(sandbox.faults.list()).toHaveLength(1);
});

test('a restored snapshot undoes a change', async ({ sandbox, sandboxUrl }) => {
  const { partner, ...workplace } = await createPartnerIn(sandbox, sandboxUrl);
  const merchantId = await createCase(partner, workplace, 'EXAMPLE-0001');
  await submitCase(partner, workplace, merchantId);
  await runTwice(async () => {
    tryAndUndo(sandbox, () => sandbox.backOffice.accept(merchantId));
    expect(sandbox.backOffice.find(merchantId)?.status).toBe('pending');
  });
});

test('a test of node:test uses the sandbox without a server', async () => {
  const file = fileURLToPath(new URL('../src/testing/node-test.mjs', import.meta.url));
  await runTwice(async () => {
    const { stdout } = await run(process.execPath, [file], { timeout: 240_000 });
    expect(stdout).toMatch(/pass 1\n.*fail 0\n/);
  });
});
