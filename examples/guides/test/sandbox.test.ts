import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { onTestFinished } from 'vitest';
import { acceptMerchant } from '../src/sandbox/decide-by-script.ts';
import { decideByRule, overrideOnce, tryAndUndo, waitTwoDays } from '../src/sandbox/steer.ts';
import { createCase, createPartnerIn, submitCase } from './example-partner.ts';
import { runTwice } from './run-twice.ts';

const run = promisify(execFile);

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

test('an override changes one response', async ({ sandbox, sandboxUrl }) => {
  const { partner, ...workplace } = await createPartnerIn(sandbox, sandboxUrl);
  await runTwice(async (round) => {
    const merchantId = await createCase(partner, workplace, `EXAMPLE-${round}`);
    const pull = () => partner.pullMerchant({ merchantId, realmId: workplace.realmId });
    overrideOnce(sandbox);
    await expect(pull()).rejects.toThrow('404');
    await expect(pull()).resolves.toHaveProperty('result');
  });
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
    const { stdout } = await run(process.execPath, [file], { timeout: 120_000 });
    expect(stdout).toMatch(/pass 1\n.*fail 0\n/);
  });
});
