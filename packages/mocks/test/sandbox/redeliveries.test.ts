import { expect, test } from 'vitest';
import { pendingMerchant } from '../support/journey.ts';
import { patiently } from '../support/receiver.ts';
import { receiver, registered } from '../support/registered-receiver.ts';

test('redeliver posts a callback again', async () => {
  const { url, received } = await receiver();
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const { id } = await sandbox.callbacks.next({}, patiently);
  const again = await sandbox.callbacks.redeliver(id);
  expect(again.attempts).toHaveLength(2);
  expect(received[1]?.text).toBe(received[0]?.text);
  await expect(sandbox.callbacks.redeliver('none')).rejects.toThrow('no callback with the id none');
});

test.each([200, 503])(
  'each redelivery that is requested during an attempt is an attempt of its own, even if the first gets %i',
  async (first) => {
    const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { url, received } = await receiver(async (attempt) => {
      if (attempt > 1) return new Response();
      begun.resolve();
      await ended.promise;
      return new Response('', { status: first });
    });
    const { sandbox, api, token } = await registered(url);
    await pendingMerchant(api, token);
    const posting = sandbox.callbacks.drain();
    await begun.promise;
    const [{ id = '' } = {}] = sandbox.callbacks.all();
    const again = [sandbox.callbacks.redeliver(id), sandbox.callbacks.redeliver(id)];
    ended.resolve();
    const results = await Promise.all(again);
    await posting;
    expect(results.map(({ attempts }) => attempts.length)).toEqual([2, 3]);
    expect(sandbox.callbacks.find(id)).toMatchObject({ status: 'delivered' });
    expect(received).toHaveLength(3);
  },
);

test('a redelivery that is requested during an attempt fails if a reset removes the callback', async () => {
  const begun = Promise.withResolvers<void>();
  const { url } = await receiver(() => {
    begun.resolve();
    return new Promise<Response>(() => {}); // Hangs.
  });
  const { sandbox, api, token } = await registered(url);
  await pendingMerchant(api, token);
  const posting = sandbox.callbacks.drain();
  await begun.promise;
  const [{ id = '' } = {}] = sandbox.callbacks.all();
  const again = sandbox.callbacks.redeliver(id);
  sandbox.reset();
  await expect(again).rejects.toThrow(`There is no callback with the id ${id}.`);
  await posting;
});
