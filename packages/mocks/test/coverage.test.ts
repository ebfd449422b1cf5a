import { expect, test } from 'vitest';
import { createSandbox, transitions } from '../src/index.ts';
import { journey, pendingMerchant, readySandbox, Talk } from './journey.ts';

test('coverage tells which answers, transitions and callbacks were seen', async () => {
  const sandbox = createSandbox();
  expect(sandbox.coverage().seen).toBe(0);
  await journey(new Talk(sandbox.fetch), sandbox);
  const { operations, transitions: moves, seen, total } = sandbox.coverage();
  expect(operations.pullMerchant).toMatchObject({ 200: 2, 404: 1, 401: 0 });
  expect(operations.createMerchant['200']).toBe(2);
  expect(moves).toContainEqual({ from: 'pending', move: 'reject', to: 'reject', count: 1 });
  expect(moves).toHaveLength(transitions.length);
  expect(seen).toBeGreaterThan(10);
  expect(total).toBeGreaterThan(seen);
});

test('every transition there is can be taken', async () => {
  const { sandbox, talk, token } = await readySandbox();
  const { accept, reject, askForMore } = sandbox.backOffice;
  const [one, two, three] = [
    await pendingMerchant(talk, token),
    await pendingMerchant(talk, token),
    await pendingMerchant(talk, token),
  ];
  accept(one);
  reject(one);
  accept(one);
  reject(two);
  askForMore(three);
  const { requests } = await import('@partner-ecosystem/openapi/examples');
  for (let round = 0; round < 2; round++)
    await talk.send('pushMerchant', {
      token,
      json: { ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId: three },
    });
  expect(sandbox.coverage().transitions.filter(({ count }) => count === 0)).toEqual([]);
});

test('an answer that only a fault gives is counted apart', async () => {
  const { sandbox, talk, token } = await readySandbox();
  sandbox.faults.add({ operation: 'createMerchant', kind: 'status', status: 418 });
  await talk.send('createMerchant', { token, json: {} });
  expect(sandbox.coverage().unlisted).toBe(1);
});
