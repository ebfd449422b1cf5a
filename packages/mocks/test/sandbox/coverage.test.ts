import { expect, test } from 'vitest';
import { createSandbox, transitions } from '../../src/index.ts';
import { ApiSession, journey, pendingMerchant, readySandbox } from '../support/journey.ts';

test('coverage counts responses, transitions and callbacks', async () => {
  const sandbox = createSandbox();
  expect(sandbox.coverage().seen).toBe(0);
  await journey(new ApiSession(sandbox.fetch), sandbox);
  const { operations, transitions: moves, seen, total } = sandbox.coverage();
  expect(operations.pullMerchant).toMatchObject({ 200: 2, 404: 1, 401: 0 });
  expect(operations.createMerchant['200']).toBe(2);
  expect(moves).toContainEqual({ from: 'pending', move: 'reject', to: 'reject', count: 1 });
  expect(moves).toHaveLength(transitions.length);
  expect(seen).toBeGreaterThan(10);
  expect(total).toBeGreaterThan(seen);
});

test('every transition can be taken', async () => {
  const { sandbox, api, token } = await readySandbox();
  const { accept, reject, askForMore } = sandbox.backOffice;
  const [one, two, three] = [
    await pendingMerchant(api, token),
    await pendingMerchant(api, token),
    await pendingMerchant(api, token),
  ];
  accept(one);
  reject(one);
  accept(one);
  reject(two);
  askForMore(three);
  const { requests } = await import('@partner-ecosystem/openapi/examples');
  for (let round = 0; round < 2; round++)
    await api.send('pushMerchant', {
      token,
      json: { ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId: three },
    });
  expect(sandbox.coverage().transitions.filter(({ count }) => count === 0)).toEqual([]);
});

test('coverage counts statuses outside the contract separately', async () => {
  const { sandbox, api, token } = await readySandbox();
  sandbox.faults.add({ operation: 'createMerchant', kind: 'status', status: 418 });
  await api.send('createMerchant', { token, json: {} });
  expect(sandbox.coverage().unlisted).toBe(1);
});
