import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import { createSandbox, createSandboxes, type Scenario } from '../../src/index.ts';
import {
  ApiSession,
  createMerchant,
  pendingMerchant,
  pullOf,
  readySandbox,
  start,
} from '../support/journey.ts';

test('a snapshot is plain data and restores the whole state', async () => {
  const { sandbox, api, token } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  sandbox.faults.add({ operation: 'loginPartner', kind: 'empty-body' });
  sandbox.backOffice.setPolicy({ kind: 'auto-reject', after: '1d' });
  const snapshot = sandbox.snapshot();
  expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  sandbox.backOffice.accept(merchantId);
  await createMerchant(api, token);
  sandbox.faults.clear();
  expect(sandbox.snapshot()).not.toEqual(snapshot);
  sandbox.restore(JSON.parse(JSON.stringify(snapshot)));
  expect(sandbox.snapshot()).toEqual(snapshot);
  const { body } = await api.send('pullMerchant', pullOf(merchantId, token));
  expect(body).toHaveProperty('result.merchantData.basicDetails.status', 'pending');
});

test('a fork starts with the same state and then shares nothing', async () => {
  const { sandbox, api, token } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  const fork = sandbox.fork();
  expect(fork.snapshot()).toEqual(sandbox.snapshot());
  fork.backOffice.accept(merchantId);
  sandbox.backOffice.reject(merchantId);
  await fork.clock.advance('1d');
  expect(fork.snapshot().merchants[merchantId]?.status).toBe('accept');
  expect(sandbox.snapshot().merchants[merchantId]?.status).toBe('reject');
  expect([fork.clock.now(), sandbox.clock.now()]).toEqual([start + 86_400_000, start]);
});

test('a fork creates the same next id, unless it has another seed', async () => {
  const { sandbox, api, token } = await readySandbox();
  const ids = [sandbox.fork(), sandbox.fork({ seed: `${sandbox.seed}2` })].map((fork) =>
    createMerchant(new ApiSession(fork.fetch), token),
  );
  const [same, other] = await Promise.all(ids);
  expect(await createMerchant(api, token)).toBe(same);
  expect(other).not.toBe(same);
});

test('another sandbox can start from an exported scenario', async () => {
  const { sandbox, api, token } = await readySandbox({ seed: 9 });
  const merchantId = await pendingMerchant(api, token);
  await sandbox.clock.advance('2d');
  const exported: Scenario = JSON.parse(JSON.stringify(sandbox.scenario()));
  const other = createSandbox({ scenario: exported, now: () => 5 });
  expect(other.clock.now()).toBe(start + 2 * 86_400_000);
  const otherTalk = new ApiSession(other.fetch);
  expect(await otherTalk.send('pullMerchant', pullOf(merchantId, token))).toEqual(
    await api.send('pullMerchant', pullOf(merchantId, token)),
  );
  expect(await createMerchant(otherTalk, token)).toBe(await createMerchant(api, token));
});

test('a clock that is given as a number takes precedence over the start of a scenario', () => {
  const scenario: Scenario = { name: 'earlier', start };
  const now = start + 5000;
  expect(createSandbox({ scenario, now }).clock.now()).toBe(now);
  expect(createSandboxes({ defaults: { now } }).create({ scenario }).sandbox.clock.now()).toBe(now);
  expect(createSandbox({ scenario, now: () => now }).clock.now()).toBe(start);
});

test('a scenario can contain faults and a policy', async () => {
  const scenario: Scenario = {
    name: 'a bad day',
    seed: 3,
    start,
    faults: [{ operation: 'createPartner', kind: 'throttled-403', times: 1 }],
    policy: { kind: 'auto-accept' },
  };
  const sandbox = createSandbox({ scenario });
  const api = new ApiSession(sandbox.fetch);
  const create = async () =>
    (
      await api.send('createPartner', {
        token: sandbox.fixtures.administratorToken,
        json: requests.createPartner.broker,
      })
    ).status;
  expect([await create(), await create()]).toEqual([403, 200]);
  expect(sandbox.backOffice.policy()).toEqual({ kind: 'auto-accept' });
  expect(() =>
    createSandbox({ scenario: { name: 'x', faults: [{ operation: '*', kind: 'none' } as never] } }),
  ).toThrow('Unknown kind of fault');
});

test('reset restores the initial state and clears overrides and journal', async () => {
  const { sandbox, api, token } = await readySandbox();
  await pendingMerchant(api, token);
  sandbox.on('loginPartner').respond(500);
  sandbox.reset();
  expect(sandbox.snapshot()).toEqual(createSandbox({ now: start, seed: sandbox.seed }).snapshot());
  expect(sandbox.journal()).toEqual([]);
  expect(sandbox.coverage().seen).toBe(0);
  const { status } = await api.send('loginPartner', { json: requests.loginPartner.credentials });
  expect(status).toBe(401);
});
