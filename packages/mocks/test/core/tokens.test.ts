import { requests, responses } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { readySandbox } from '../support/journey.ts';

const { invalidToken, authorizationRequired } = responses.createMerchant[401];
const fourteenDays = 1_209_600_000;

test('a token expires after 14 days, is reported once, and is unknown afterwards', async () => {
  const { clock, api, token } = await readySandbox();
  const create = () => api.send('createMerchant', { token, json: requests.createMerchant.customer });
  clock.now += fourteenDays - 1;
  expect(await create()).toMatchObject({ status: 200 });
  clock.now += 1;
  expect(await create()).toEqual({ status: 401, body: invalidToken });
  expect(await create()).toEqual({ status: 401, body: authorizationRequired });
});

test('a login with an expired token fails', async () => {
  const { clock, api, token } = await readySandbox();
  clock.now += fourteenDays;
  const login = () => api.send('loginPartner', { token, json: requests.loginPartner.credentials });
  expect(await login()).toEqual({ status: 401, body: invalidToken });
  expect(await login()).toMatchObject({ status: 200 });
});

test('an expired token is reported before an unknown path', async () => {
  const { clock, api, token } = await readySandbox();
  clock.now += fourteenDays;
  const lost = () => api.send('loginPartner', { token, path: '/api/nothing' });
  expect(await lost()).toEqual({ status: 401, body: invalidToken });
  expect(await lost()).toMatchObject({ status: 404 });
});

test('a login returns the lifetime of the token and the linked realm', async () => {
  const { api, distributorId } = await readySandbox();
  const { body } = await api.send('loginPartner', { json: requests.loginPartner.credentials });
  expect(body).toEqual({
    id: expect.stringMatching(/^ey\w+\.\w+$/),
    ttl: 1_209_600,
    created: '2023-11-14T22:13:20.861Z',
    userId: distributorId,
    data: { realm: 'acme-onboarding', applicationId: '6553e0000000000000000002' },
  });
});
