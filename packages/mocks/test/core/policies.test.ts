import { expect, onTestFinished, test } from 'vitest';
import { createSandbox, type DecisionPolicy } from '../../src/index.ts';
import {
  ApiSession,
  createMerchant,
  flowId,
  pendingMerchant,
  pullOf,
  pushOf,
  readyPartner,
  readySandbox,
  realmId,
  start,
} from '../support/journey.ts';
import { startReceiver } from '../support/receiver.ts';

async function statusAfterPush(policy: DecisionPolicy, wait: '0s' | '5m' = '0s') {
  const { sandbox, api, token } = await readySandbox();
  sandbox.backOffice.setPolicy(policy);
  const merchantId = await pendingMerchant(api, token);
  const before = sandbox.snapshot().merchants[merchantId]?.status;
  await sandbox.clock.advance(wait);
  return [before, sandbox.snapshot().merchants[merchantId]?.status];
}

test.each<[DecisionPolicy, readonly string[]]>([
  [{ kind: 'manual' }, ['pending', 'pending']],
  [{ kind: 'auto-accept' }, ['accept', 'accept']],
  [{ kind: 'auto-accept', after: '5m' }, ['pending', 'accept']],
  [{ kind: 'auto-reject', after: '5m', reason: 'blurred' }, ['pending', 'reject']],
  [{ kind: 'auto-reject', after: '6m' }, ['pending', 'pending']],
  [
    { kind: 'by-rule', rules: [{ field: 'email', contains: 'example.com', decision: 'draft' }] },
    ['draft', 'draft'],
  ],
  [
    { kind: 'by-rule', rules: [{ field: 'name', contains: 'nobody', decision: 'reject' }] },
    ['pending', 'pending'],
  ],
  [{ kind: 'random', weights: { reject: 1 } }, ['reject', 'reject']],
])('the policy %j decides cases', async (policy, statuses) => {
  expect(await statusAfterPush(policy, '5m')).toEqual(statuses);
});

test('a random policy follows its weights and the seed', async () => {
  const decide = async (seed: number) => {
    const sandbox = createSandbox({ seed, now: () => start });
    sandbox.backOffice.setPolicy({ kind: 'random', weights: { accept: 3, reject: 1 } });
    const api = new ApiSession(sandbox.fetch);
    const { token } = await readyPartner(api, sandbox.fixtures.administratorToken);
    for (let round = 0; round < 120; round++) await pendingMerchant(api, token);
    return Object.values(sandbox.snapshot().merchants).map(({ status }) => status);
  };
  // The seeds are fixed: the decisions of another seed can be outside the limits below by chance.
  const [one, same, other] = [await decide(1), await decide(1), await decide(2)];
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
  const accepted = one.filter((status) => status === 'accept').length;
  expect(accepted).toBeGreaterThan(70);
  expect(accepted).toBeLessThan(110);
});

test('a decision of a policy posts a callback, and the journal names the policy', async () => {
  const { received, url, close } = await startReceiver();
  onTestFinished(close);
  const { sandbox, api, token, distributorId } = await readySandbox();
  const callbacks = { accept: `${url}/accept`, pending: `${url}/pending` };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  sandbox.backOffice.setPolicy({ kind: 'auto-accept', after: '2m' });
  await pendingMerchant(api, token);
  await sandbox.clock.advance('1d');
  expect(received.map(({ path }) => path)).toEqual(['/pending', '/accept']);
  expect(sandbox.journal().filter(({ kind }) => kind === 'move')).toMatchObject([
    { from: 'new', to: 'pending', by: 'partner' },
    { from: 'pending', to: 'accept', by: 'policy', at: start + 120_000 },
  ]);
});

test('a scheduled decision is dropped if the case is no longer pending', async () => {
  const { sandbox, api, token } = await readySandbox();
  sandbox.backOffice.setPolicy({ kind: 'auto-accept', after: '2m' });
  const merchantId = await pendingMerchant(api, token);
  sandbox.backOffice.askForMore(merchantId);
  await sandbox.clock.advance('2m');
  expect(sandbox.snapshot().merchants[merchantId]?.status).toBe('draft');
  expect(sandbox.callbacks.nextDueAt()).toBeUndefined();
});

test('reverse changes an accept or a reject and refuses other statuses', async () => {
  const { sandbox, api, token } = await readySandbox();
  const merchantId = await createMerchant(api, token);
  const { accept, reverse } = sandbox.backOffice;
  expect(() => reverse(merchantId)).toThrow('cannot make the decision reverse');
  await api.send('pushMerchant', { token, json: pushOf(merchantId) });
  expect(() => reverse(merchantId)).toThrow('Possible decisions: accept, reject, draft.');
  accept(merchantId);
  reverse(merchantId, { reason: 'forged' });
  const pull = await api.send('pullMerchant', pullOf(merchantId, token));
  expect(pull.body).toHaveProperty('result.merchantData.basicDetails.status', 'reject');
  reverse(merchantId);
  expect(sandbox.snapshot().merchants[merchantId]?.status).toBe('accept');
});
