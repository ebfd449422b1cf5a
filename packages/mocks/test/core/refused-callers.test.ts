import { requests, responses } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { readySandbox } from '../support/journey.ts';
import {
  absent,
  broker,
  customer,
  denied,
  expectRefusal,
  type Refusal,
  refusal,
} from '../support/refusal.ts';

const refusals: readonly Refusal[] = [
  [
    'login without a username',
    'loginPartner',
    () => ({ json: { password: 'x' } }),
    400,
    responses.loginPartner[400].usernameRequired,
  ],
  [
    'login with a number as username',
    'loginPartner',
    () => ({ json: { username: 7, password: 'x' } }),
    400,
    responses.loginPartner[400].invalidUsername,
  ],
  [
    'login with a number as realm',
    'loginPartner',
    () => ({ json: { username: 'x', password: 'x', realm: 7 } }),
    400,
    refusal('Error', 'Invalid realm', 'INVALID_REALM'),
  ],
  [
    'login with a wrong password',
    'loginPartner',
    () => ({ json: { username: broker.username, password: 'x' } }),
    401,
    responses.loginPartner[401].loginFailed,
  ],
  [
    'login without a password',
    'loginPartner',
    () => ({ json: { username: broker.username } }),
    401,
    responses.loginPartner[401].loginFailed,
  ],
  [
    'login of an unknown partner',
    'loginPartner',
    () => ({ json: { username: 'constructor', password: 'x' } }),
    401,
    responses.loginPartner[401].loginFailed,
  ],
  [
    'login to an unknown realm',
    'loginPartner',
    () => ({ json: { ...requests.loginPartner.credentials, realm: 'elsewhere' } }),
    401,
    responses.loginPartner[401].loginFailed,
  ],
  [
    'a username that is taken',
    'createPartner',
    ({ administrator }) => ({ token: administrator, json: { username: broker.username, password: 'x' } }),
    422,
    responses.createPartner[422].usernameTaken,
  ],
  ['no token', 'createMerchant', () => ({ json: customer }), 401, denied],
  ['an unknown token', 'createMerchant', () => ({ token: 'constructor', json: customer }), 401, denied],
  [
    'a token after Bearer',
    'createMerchant',
    ({ token }) => ({ token: `Bearer ${token}`, json: customer }),
    401,
    denied,
  ],
  ['a partner who creates partners', 'createPartner', ({ token }) => ({ token, json: broker }), 401, denied],
  [
    'an administrator who creates merchants',
    'createMerchant',
    ({ administrator }) => ({ token: administrator, json: customer }),
    401,
    denied,
  ],
  [
    'an administrator token in the URL',
    'createPartner',
    ({ administrator }) => ({ query: `?access_token=${administrator}`, json: broker }),
    401,
    denied,
  ],
  [
    'a realm that is not linked',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, realmId: absent } }),
    401,
    denied,
  ],
  [
    'a flow that is not assigned',
    'createMerchant',
    ({ token }) => ({ token, json: { ...customer, flowId: absent } }),
    401,
    denied,
  ],
  [
    'a link of another partner',
    'linkPartner',
    ({ token }) => ({ token, json: { distributorId: absent, realmId: customer.realmId } }),
    401,
    denied,
  ],
  [
    'a link of an unknown partner',
    'linkPartner',
    ({ administrator }) => ({
      token: administrator,
      json: { distributorId: absent, realmId: customer.realmId },
    }),
    404,
    refusal('Error', `Unknown "distributor" id "${absent}".`, 'MODEL_NOT_FOUND'),
  ],
  [
    'a link to an unknown realm',
    'linkPartner',
    ({ token, distributorId }) => ({ token, json: { distributorId, realmId: absent } }),
    404,
    { error: { code: 'MODEL_NOT_FOUND' } },
  ],
  [
    'an unknown flow',
    'assignFlows',
    ({ token, distributorId }) => ({
      token,
      json: { distributorId, realmId: customer.realmId, flowIds: [absent] },
    }),
    404,
    { error: { code: 'MODEL_NOT_FOUND' } },
  ],
  [
    'callbacks of another partner',
    'registerCallbacks',
    ({ token }) => ({ token, json: { ...requests.registerCallbacks.allEvents, distributorId: absent } }),
    401,
    denied,
  ],
];

test.each(refusals)('the sandbox refuses %s', (...refused) => expectRefusal(refused));

test('the URL may contain a partner token', async () => {
  const { api, token } = await readySandbox();
  const spec = `/api/distributors/pushMerchantSpec/${customer.realmId}`;
  const inUrl = await api.send('getPushMerchantSpec', { path: spec, query: `?access_token=${token}` });
  expect(inUrl.status).toBe(200);
});
