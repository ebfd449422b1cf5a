import { responses } from '@partner-ecosystem/openapi/examples';
import { operations } from '@partner-ecosystem/openapi/operations';
import { expect, test } from 'vitest';
import { pullOf, pushOf, readySandbox } from '../support/journey.ts';
import {
  absent,
  customer,
  denied,
  expectRefusal,
  item,
  prepared,
  type Refusal,
  refusal,
} from '../support/refusal.ts';

const refusals: readonly Refusal[] = [
  [
    'a push to an unknown merchant',
    'pushMerchant',
    ({ token }) => ({ token, json: pushOf(absent) }),
    400,
    responses.pushMerchant[400].merchantNotFound,
  ],
  [
    'a push to an unknown page',
    'pushMerchant',
    ({ token, merchantId }) => ({
      token,
      json: { ...pushOf(merchantId), data: [{ ...item, pageId: absent }] },
    }),
    422,
    { error: { details: { codes: { 'data.0.pageId': ['inclusion'] } } } },
  ],
  [
    'a push to a widget of another page',
    'pushMerchant',
    ({ token, merchantId }) => ({
      token,
      json: { ...pushOf(merchantId), data: [{ ...item, widgetName: 'Video Verification' }] },
    }),
    422,
    { error: { details: { codes: { 'data.0.widgetName': ['inclusion'] } } } },
  ],
  [
    'a pull of an unknown merchant',
    'pullMerchant',
    ({ token }) => pullOf(absent, token),
    404,
    responses.pullMerchant[404].modelNotFound,
  ],
  [
    'a pull without a realm',
    'pullMerchant',
    ({ token, merchantId }) => ({ ...pullOf(merchantId, token), query: '' }),
    400,
    responses.pullMerchant[400].missingArgument,
  ],
  [
    'a pull with two realms',
    'pullMerchant',
    ({ token, merchantId }) => ({ ...pullOf(merchantId, token), query: '?realmId=a&realmId=b' }),
    400,
    refusal('Error', expect.stringContaining('realmId')),
  ],
  [
    'a pull from a realm that is not linked',
    'pullMerchant',
    ({ token, merchantId }) => ({ ...pullOf(merchantId, token), query: `?realmId=${absent}` }),
    401,
    denied,
  ],
  [
    'a pull with a malformed id',
    'pullMerchant',
    ({ token }) => pullOf('%zz', token),
    404,
    refusal('Error', expect.any(String), 'MODEL_NOT_FOUND'),
  ],
  [
    'a template of a flow that is not assigned',
    'getPushMerchantSpec',
    ({ token }) => ({
      token,
      path: `/api/distributors/pushMerchantSpec/${customer.realmId}`,
      query: `?flowId=${absent}`,
    }),
    401,
    denied,
  ],
  [
    'an unknown path',
    'pullMerchant',
    ({ token }) => ({ token, path: '/api/distributors/nothing', query: '?access_token=x&secret-value' }),
    404,
    responses.pullMerchant[404].noSuchPath,
  ],
  [
    'another method',
    'loginPartner',
    () => ({ init: { method: 'PUT' } }),
    404,
    refusal('Error', 'There is no method to handle PUT /api/distributors/login'),
  ],
  [
    'another method at the file store',
    'uploadFile',
    () => ({ init: { method: 'GET' } }),
    404,
    { name: 'error', statusCode: '404' },
  ],
];

test.each(refusals)('the sandbox refuses %s', (...refused) => expectRefusal(refused));

test('paths match in any case and with a trailing slash', async () => {
  const { api, token } = await readySandbox();
  for (const { operationId, path } of Object.values(operations)) {
    const shouted = path.toUpperCase().replace(/\{.*\}/, customer.realmId);
    const plain = await api.send(operationId, { token, path: path.replace(/\{.*\}/, customer.realmId) });
    expect(await api.send(operationId, { token, path: shouted })).toEqual(plain);
    expect(await api.send(operationId, { token, path: `${shouted}/` })).toEqual(plain);
    expect(JSON.stringify(plain.body)).not.toContain('no method');
  }
});

test('the journal says what is wrong with a refused pushMerchant', async () => {
  const { sandbox, api, token, merchantId } = await prepared();
  await api.send('pushMerchant', {
    token,
    json: { ...pushOf(merchantId), data: [{ ...item, pageId: absent }] },
  });
  await api.send('pushMerchant', { token, json: { ...pushOf(merchantId), data: [item, item] } });
  for (const entry of sandbox.journal().slice(-2)) expect(entry.basis).toMatch(/page|widget/);
});
