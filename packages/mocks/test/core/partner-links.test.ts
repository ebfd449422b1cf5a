import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import {
  ApiSession,
  flowId,
  pendingMerchant,
  pullOf,
  pushOf,
  readyPartner,
  readySandbox,
  realmId,
} from '../support/journey.ts';

test('a second link keeps the first link, and an assignment replaces the flows', async () => {
  const { api, token, distributorId, sandbox } = await readySandbox();
  const before = Object.values(sandbox.snapshot().links);
  const again = await api.send('linkPartner', { token, json: { distributorId, realmId } });
  expect(again.body).toMatchObject({ id: before[0]?.id, flowIds: [flowId] });
  await api.send('assignFlows', { token, json: { distributorId, realmId, flowIds: [] } });
  const refused = await api.send('createMerchant', { token, json: requests.createMerchant.customer });
  expect(refused).toMatchObject({ status: 401, body: { error: { code: 'AUTHORIZATION_REQUIRED' } } });
});

test('a partner cannot see the merchants of another partner', async () => {
  const { api, token, sandbox } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  const other = await readyPartner(
    new ApiSession(sandbox.fetch),
    sandbox.fixtures.administratorToken,
    'other-broker',
  );
  for (const response of [
    await api.send('pullMerchant', pullOf(merchantId, other.token)),
    await api.send('pushMerchant', { token: other.token, json: pushOf(merchantId) }),
  ])
    expect(response).toMatchObject({ status: 401, body: { error: { code: 'AUTHORIZATION_REQUIRED' } } });
});
