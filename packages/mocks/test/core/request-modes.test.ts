import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { createMerchant, pushOf, readySandbox } from '../support/journey.ts';

const customer = requests.createMerchant.customer;

test.each(['warn', 'off'] as const)(
  'the mode %s performs a request that breaks the contract',
  async (mode) => {
    const { api, token, sandbox } = await readySandbox({ requests: mode });
    const { mobile: _, ...withoutMobile } = customer;
    const { status, body } = await api.send('createMerchant', { token, json: withoutMobile });
    expect({ status, name: body['name'] }).toEqual({ status: 200, name: customer.name });
    const entry = sandbox.journal().at(-1);
    const violations = mode === 'warn' ? [{ pointer: '/body/mobile', keyword: 'required' }] : [];
    expect(entry).toMatchObject({ status: 200, violations });
  },
);

test('a request that cannot be performed is refused in any mode', async () => {
  const { api, token, sandbox } = await readySandbox({ requests: 'off' });
  const merchantId = await createMerchant(api, token);
  const before = sandbox.snapshot();
  for (const json of [
    { ...pushOf(merchantId), data: 7 },
    { ...customer, name: { first: 'Asha' } },
  ]) {
    const { status } = await api.send('data' in json ? 'pushMerchant' : 'createMerchant', { token, json });
    expect([400, 422]).toContain(status);
  }
  expect(sandbox.snapshot()).toEqual(before);
});

test('a header of a refusal names the violation of the contract', async () => {
  const { sandbox, token } = await readySandbox();
  const headers = { authorization: token, 'content-type': 'application/json' };
  const body = JSON.stringify({ ...customer, flowId: 'short' });
  const address = 'http://sandbox.test/api/distributors/createMerchant';
  const response = await sandbox.fetch(new Request(address, { method: 'POST', headers, body }));
  expect(response.status).toBe(422);
  expect(response.headers.get('sandbox-violation')).toBe('/body/flowId pattern');
});
