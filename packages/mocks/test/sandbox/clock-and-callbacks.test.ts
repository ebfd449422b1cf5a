import { expect, test } from 'vitest';
import { pendingMerchant } from '../support/journey.ts';
import { receiver, registered } from '../support/registered-receiver.ts';

test('advance runs each attempt at its due time', async () => {
  const { url, received } = await receiver(() => new Response('', { status: 503 }));
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const begun = sandbox.clock.now();
  await sandbox.clock.advance('1d');
  expect(received).toHaveLength(10);
  const [callback] = sandbox.callbacks.all();
  expect(callback?.attempts.map(({ at }) => (at - begun) / 1000)).toEqual([
    0, 2, 5, 10, 18, 31, 52, 86, 141, 230,
  ]);
  expect(callback?.status).toBe('failed');
  expect(sandbox.clock.now()).toBe(begun + 86_400_000);
});

test('advances at the same time follow each other, so that each moves the clock by its whole duration', async () => {
  const { url, received } = await receiver(() => new Response('', { status: 503 }));
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const begun = sandbox.clock.now();
  await Promise.all([sandbox.clock.advance('3s'), sandbox.clock.advance('1d'), sandbox.clock.advance('2d')]);
  expect(sandbox.clock.now()).toBe(begun + 3000 + 3 * 86_400_000);
  expect(received).toHaveLength(10);
});

test('an advance that would pass the last date after another advance is refused, and moves nothing', async () => {
  const { url } = await receiver();
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const begun = sandbox.clock.now();
  const rest = 0xffff_ffff * 1000 - begun;
  const [one, other] = [sandbox.clock.advance('1d'), sandbox.clock.advance(rest)];
  await one;
  await expect(other).rejects.toThrow(RangeError);
  expect(sandbox.clock.now()).toBe(begun + 86_400_000);
});

test('runUntilIdle runs all due tasks and stops at its limit', async () => {
  const { url, received } = await receiver(() => new Response('', { status: 503 }));
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  await expect(sandbox.clock.runUntilIdle({ max: 3 })).rejects.toThrow('stopped after 3 tasks');
  expect(received).toHaveLength(3);
  await sandbox.clock.runUntilIdle();
  expect(received).toHaveLength(10);
  expect(sandbox.callbacks.nextDueAt()).toBeUndefined();
});
