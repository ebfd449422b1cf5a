import { requests } from '@partner-ecosystem/openapi/examples';
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import type { RequestEntry } from '../../src/sandbox/journal.ts';
import { createMerchant, flowId, pushOf, readySandbox } from '../support/journey.ts';

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
  const body = JSON.stringify({ ...customer, email: 7 });
  const address = 'http://sandbox.test/api/distributors/createMerchant';
  const response = await sandbox.fetch(new Request(address, { method: 'POST', headers, body }));
  expect(response.status).toBe(422);
  expect(response.headers.get('sandbox-violation')).toBe('/body/email type');
});

// What only we limit. Signzy documents none of these limits, so a real request may look like this.
const unexpected = [
  ['createMerchant', () => ({ ...customer, signzyAppId: 100000000586 }), '/body/signzyAppId', 'type'],
  ['createMerchant', () => ({ ...customer, name: '' }), '/body/name', 'minLength'],
  ['uploadBase64', () => ({ base64String: '', mimetype: 'image/png' }), '/body/base64String', 'minLength'],
  [
    'pushMerchant',
    ({ merchantId }: Case) => {
      const push = pushOf(merchantId);
      return { ...push, data: push.data.map((item) => ({ ...item, data: { pages: ['a'], score: 7 } })) };
    },
    '/body/data/0/data/*',
    'type',
  ],
  [
    'pushMerchant',
    ({ merchantId }: Case) => {
      const push = pushOf(merchantId);
      return { ...push, data: [...push.data, ...push.data] };
    },
    `/body/data/${pushOf('').data.length}/widgetName`,
    'uniqueness',
  ],
  [
    'registerCallbacks',
    ({ distributorId }: Case) => ({
      distributorId,
      realmId: customer.realmId,
      flowId,
      callbacks: { draft: 'http://127.0.0.1/draft' },
    }),
    '/body/callbacks/*',
    'additionalProperties',
  ],
  [
    'linkPartner',
    ({ distributorId }: Case) => ({ distributorId, applicationId: customer.realmId, flowId }),
    '/body/realmId',
    'required',
  ],
  [
    'assignFlows',
    ({ distributorId }: Case) => ({ distributorId, realmId: customer.realmId, flowIds: [flowId, flowId] }),
    '/body/flowIds',
    'uniqueItems',
  ],
  [
    'linkPartner',
    ({ distributorId }: Case) => ({ distributorId, realmId: customer.realmId, flowId: 7, flowIds: [flowId] }),
    '/body/flowId',
    'type',
  ],
] as const;

interface Case {
  readonly merchantId: string;
  readonly distributorId: string;
}

test.each(unexpected)('strict performs a %s that only we limit, and warns of %3$s', async (...limit) => {
  const [operation, bodyOf, pointer, keyword] = limit;
  const { api, token, sandbox, distributorId } = await readySandbox();
  const merchantId = await createMerchant(api, token);
  const { status } = await api.send(operation, { token, json: bodyOf({ merchantId, distributorId }) });
  expect(status).toBe(200);
  const { violations, warnings } = sandbox
    .journal()
    .findLast(({ kind }) => kind === 'request') as RequestEntry;
  expect(violations).toEqual([]);
  expect(warnings).toContainEqual(expect.objectContaining({ pointer, keyword }));
});

test.each(unexpected)('expected refuses a %s that only we limit: %3$s', async (...limit) => {
  const [operation, bodyOf, pointer, keyword] = limit;
  const { api, token, sandbox, distributorId } = await readySandbox({ requests: 'expected' });
  const merchantId = await createMerchant(api, token);
  const { status } = await api.send(operation, { token, json: bodyOf({ merchantId, distributorId }) });
  expect([400, 422]).toContain(status);
  const { violations } = sandbox.journal().at(-1) as RequestEntry;
  expect(violations).toContainEqual(expect.objectContaining({ pointer, keyword }));
});

test.each([
  ['createPartner', { username: { first: 'Asha' }, password: 'Not-a-real-password-2' }],
  ['linkPartner', { distributorId: 7, realmId: customer.realmId }],
  ['linkPartner', { distributorId: 'nobody', realmId: customer.realmId, flowIds: 7 }],
  ['assignFlows', { distributorId: 'nobody', realmId: customer.realmId, flowIds: { first: flowId } }],
] as const)(
  'a %s that strict cannot perform is refused, and nothing is stored: %j',
  async (operation, json) => {
    const { api, sandbox } = await readySandbox();
    const before = sandbox.snapshot();
    const { status } = await api.send(operation, { token: sandbox.fixtures.administratorToken, json });
    expect([400, 404, 422]).toContain(status);
    expect(sandbox.snapshot()).toEqual(before);
  },
);

test.each([
  ['createMerchant', { ...customer, realm: '' }, '/body/realm required'],
  ['loginPartner', { password: 'x' }, '/body/username required'],
  ['loginPartner', { username: 'x', password: 'x', realm: 5 }, '/body/realm type'],
  ['linkPartner', { distributorId: '6553e0000000000000000001' }, '/body/realmId required'],
  ['uploadBase64', { base64String: '%%%', mimetype: 'image/png' }, '/body/base64String format'],
  ['uploadBase64', { base64String: '=', mimetype: 'image/png' }, '/body/base64String format'],
] as const)('a refused %s names the place of its mistake: %j', async (operationId, json, place) => {
  const { sandbox, token } = await readySandbox();
  const { method, path } = operations[operationId];
  const headers = { authorization: token, 'content-type': 'application/json' };
  const request = new Request(`http://sandbox.test${path}`, { method, headers, body: JSON.stringify(json) });
  const { headers: received } = await sandbox.fetch(request);
  expect(received.get('sandbox-violation')).toBe(place);
});

test.each(['pullMerchant', 'getPushMerchantSpec'] as const)(
  '%s takes a token in the query, as documented, without a warning',
  async (operationId) => {
    const { api, token, sandbox } = await readySandbox({ requests: 'expected' });
    const id = operationId === 'pullMerchant' ? await createMerchant(api, token) : customer.realmId;
    const realm = operationId === 'pullMerchant' ? `&realmId=${customer.realmId}` : '';
    const { status } = await api.send(operationId, {
      path: operations[operationId].path.replace(/\{.*\}/, id),
      query: `?access_token=${token}${realm}`,
    });
    expect(status).toBe(200);
    expect(sandbox.journal().at(-1)).toMatchObject({ violations: [], warnings: [] });
  },
);

test('the warnings of the contract come before those of the sandbox', async () => {
  const { api, token, sandbox } = await readySandbox();
  const push = pushOf(await createMerchant(api, token));
  const data = Array.from({ length: 1001 }, () => push.data[0]);
  await api.send('pushMerchant', { token, json: { ...push, data } });
  const { warnings } = sandbox.journal().findLast(({ kind }) => kind === 'request') as RequestEntry;
  expect(warnings[0]).toMatchObject({ pointer: '/body/data', keyword: 'maxItems' });
});

const inferred = ['linkPartner', 'assignFlows'] as const;

test.each(inferred)(
  '%s takes a token in the query with a warning, and the journal does not show the token',
  async (operation) => {
    const { api, token, sandbox, distributorId } = await readySandbox();
    const json = { distributorId, realmId: customer.realmId, flowIds: [flowId] };
    const { status } = await api.send(operation, { query: `?access_token=${token}`, json });
    expect(status).toBe(200);
    expect(JSON.stringify(sandbox.journal())).not.toContain(token);
    const { warnings } = sandbox.journal().at(-1) as RequestEntry;
    expect(warnings).toMatchObject([{ pointer: '/query/access_token', keyword: 'security' }]);
  },
);

test('the mode off gives no warnings about a push', async () => {
  const { api, token, sandbox } = await readySandbox({ requests: 'off' });
  const push = pushOf(await createMerchant(api, token));
  const json = { ...push, data: [...push.data, ...push.data] };
  expect((await api.send('pushMerchant', { token, json })).status).toBe(200);
  expect(sandbox.journal().at(-1)).toMatchObject({ warnings: [] });
});
