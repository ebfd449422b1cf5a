import { createPartnerClient } from '@partner-ecosystem/client';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { createMerchantOnce } from '../src/unknown-outcome/create-merchant-once.ts';
import { createPartnerOnce } from '../src/unknown-outcome/create-partner-once.ts';
import { createLookingClient } from '../src/unknown-outcome/find-merchant.ts';
import { pushMerchantOnce } from '../src/unknown-outcome/push-merchant-once.ts';
import {
  createCase,
  createPartnerIn,
  credentials,
  customer,
  optionsFor,
  submitCase,
} from './example-partner.ts';
import { runTwice } from './run-twice.ts';

test('a create whose response is lost leaves one merchant and a marked record', async ({
  sandbox,
  sandboxUrl,
}) => {
  const { partner, realmId, realm, flowId } = await createPartnerIn(sandbox, sandboxUrl);
  const records = new Map<string, string>();
  const cases = {
    open: async (signzyAppId: string) => void records.set(signzyAppId, 'open'),
    setMerchantId: async (signzyAppId: string, merchantId: string) =>
      void records.set(signzyAppId, merchantId),
    markUnknown: async (signzyAppId: string) => void records.set(signzyAppId, 'unknown'),
  };
  const create = (signzyAppId: string) =>
    createMerchantOnce(partner, cases, { realmId, realm, flowId, ...customer, signzyAppId });
  await runTwice(async (round) => {
    const merchantId = await create(`EXAMPLE-${round}`);
    expect(records.get(`EXAMPLE-${round}`)).toBe(merchantId);

    sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', times: 1 });
    await expect(create(`EXAMPLE-LOST-${round}`)).resolves.toBeUndefined();
    expect(records.get(`EXAMPLE-LOST-${round}`)).toBe('unknown');
  });
  expect(sandbox.backOffice.cases()).toHaveLength(4);

  const wrongRealm = {
    realmId: '6553e0000000000000000099',
    realm,
    flowId,
    ...customer,
    signzyAppId: 'EXAMPLE-3',
  };
  await expect(createMerchantOnce(partner, cases, wrongRealm)).rejects.toThrow('createMerchant');
});

test('a partner is created once, even if the response is lost', async ({ sandbox, sandboxUrl }) => {
  const partner = createPartnerClient(optionsFor(sandboxUrl, sandbox));
  sandbox.faults.add({ operation: 'createPartner', kind: 'lost-response', times: 1 });
  const ids: string[] = [];
  await runTwice(async () => void ids.push(await createPartnerOnce(partner, credentials)));
  const partners = Object.keys(sandbox.snapshot().partners);
  expect(ids).toEqual([partners[0], partners[0]]);
  expect(partners).toHaveLength(1);
});

test('a partner name that belongs to somebody else is refused', async ({ sandbox, sandboxUrl }) => {
  await createPartnerIn(sandbox, sandboxUrl);
  const partner = createPartnerClient(optionsFor(sandboxUrl, sandbox));
  await runTwice(async () => {
    const taken = { ...credentials, password: 'Another-not-real-1' };
    await expect(createPartnerOnce(partner, taken)).rejects.toThrow('loginPartner');
  });
});

test.for(['lost-response', 'lost-request'] as const)(
  'a push with the fault %s submits the merchant',
  async (kind, { sandbox, sandboxUrl }) => {
    const { partner, realmId, realm, flowId } = await createPartnerIn(sandbox, sandboxUrl);
    const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId, sampleData: true });
    await runTwice(async (round) => {
      const merchantId = await createCase(partner, { realmId, realm, flowId }, `EXAMPLE-${round}`);
      sandbox.faults.add({ operation: 'pushMerchant', kind, times: 1 });
      const push = { realmId, flowId, merchantId, data: spec.data };
      await pushMerchantOnce(partner, push, () => sandbox.clock.advance('3m'));
      expect(sandbox.backOffice.find(merchantId)?.status).toBe('pending');
    });
  },
);

test('a lost create succeeds if findMerchant finds its merchant', async ({ sandbox, sandboxUrl }) => {
  const { realmId, realm, flowId } = await createPartnerIn(sandbox, sandboxUrl);
  const known = {
    get: async (wanted: string) => {
      const found = sandbox.backOffice
        .cases()
        .find(({ customer: { signzyAppId } }) => signzyAppId === wanted);
      return found && isKnown ? { id: found.id, status: found.status, signzyAppId: wanted } : undefined;
    },
  };
  let isKnown = true;
  const partner = createLookingClient(optionsFor(sandboxUrl, sandbox), known);
  await runTwice(async (round) => {
    const workplace = { realmId, realm, flowId };
    isKnown = true;
    sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', times: 1 });
    const merchantId = await createCase(partner, workplace, `EXAMPLE-${round}`);
    await submitCase(partner, workplace, merchantId);

    isKnown = false;
    sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', times: 1 });
    const failure = createCase(partner, workplace, `EXAMPLE-LOST-${round}`);
    await expect(failure).rejects.toThrow('may have been applied');
  });
  expect(sandbox.backOffice.cases()).toHaveLength(4);
});
