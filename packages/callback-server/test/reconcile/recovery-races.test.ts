import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import type { CallbackServerOptions } from '../../src/index.ts';
import { bothEngines } from '../support/both-engines.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryDatabase } from '../support/running-server.ts';

const { realmId } = requests.createMerchant.customer;
const bodyOf = (id: string, status: string, more: object = {}) =>
  JSON.stringify({ merchantData: { id, status, realmId, ...more } });

for (const [engine, databaseOf] of bothEngines) {
  const start = async (
    options: Partial<CallbackServerOptions> = {},
    send?: Parameters<typeof startConfirming>[1],
    prepare?: Parameters<typeof startConfirming>[2],
  ) => startConfirming({ databaseUrl: await databaseOf(), reconcileMs: 100, ...options }, send, prepare);

  test(`${engine}: the late response of a pull does not undo a reversal that was delivered meanwhile`, async () => {
    let held: (() => void) | undefined;
    let holds = false;
    const started = await start({}, async (request, next) => {
      const response = await next(request);
      if (
        holds &&
        /pull|case|merchant/i.test(request.url) &&
        (await response.clone().text()).includes('basicDetails')
      ) {
        holds = false;
        await new Promise<void>((resolve) => {
          held = resolve;
        });
      }
      return response;
    });
    const { post, pendingMerchant, sandbox, words } = started;
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await post('accept', bodyOf(id, 'accept'));
    await eventually(() => expect(words()).toEqual(['accept confirmed']));
    holds = true;
    await eventually(() => expect(held).toBeDefined());
    sandbox.backOffice.reject(id);
    await post('reject', bodyOf(id, 'reject'));
    await eventually(() => expect(words()).toEqual(['accept confirmed', 'reject confirmed']));
    held?.();
    await started.pulledMore();
    expect(words()).toEqual(['accept confirmed', 'reject confirmed']);
  });

  test(`${engine}: a decision is recovered although a forged decision is in the quarantine`, async () => {
    const started = await start();
    const { post, pendingMerchant, sandbox, words, server } = started;
    const id = await pendingMerchant();
    await post('pending', bodyOf(id, 'pending'));
    await eventually(() => expect(words()).toEqual(['pending']));
    await post('reject', bodyOf(id, 'reject'));
    await eventually(async () => {
      const [kept] = await server.callbacks.list({ event: 'reject' });
      expect(kept?.confirmation?.state).toBe('quarantined');
    });
    sandbox.backOffice.accept(id);
    await eventually(() => expect(words()).toEqual(['pending', 'accept recovered']));
  });

  test(`${engine}: a decision after a reversal is delivered although the provider's clock is behind`, async () => {
    let provider = Promise.resolve();
    const started = await start({}, async (request, next) => {
      await provider;
      return next(request);
    });
    const { post, pendingMerchant, sandbox, words, server } = started;
    /** Holds the pulls until the callback has arrived, because an earlier pull would recover the decision. */
    const decide = async (event: 'accept' | 'reject', actionTime: number) => {
      const decided = Promise.withResolvers<void>();
      provider = decided.promise;
      await post(event, bodyOf(id, event, { actionTime }));
      sandbox.backOffice[event](id);
      decided.resolve();
    };
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await server.merchants.expect([{ merchantId: id, realmId }]);
    await eventually(() => expect(words()).toEqual(['accept recovered']));
    await decide('reject', Date.now() - 60_000);
    await eventually(() => expect(words()).toEqual(['accept recovered', 'reject confirmed']));
    await decide('accept', Date.now() - 59_000);
    await eventually(() =>
      expect(words()).toEqual(['accept recovered', 'reject confirmed', 'accept confirmed']),
    );
  });
}

test('after an outage, refused pulls do not slow down the checks', async () => {
  let isDown = true;
  const { server } = await startConfirming(
    { databaseUrl: `sqlite:${temporaryDatabase()}`, reconcileMs: 100 },
    (request, next) => (isDown ? Promise.reject(new TypeError('down')) : next(request)),
  );
  const ids = Array.from({ length: 20 }, (_, index) => `65530000000000000000${1000 + index}`);
  await server.merchants.expect(ids.map((merchantId) => ({ merchantId, realmId: 'of another partner' })));
  const pulls = async (outcome: string) =>
    Number(new RegExp(`pulls_total\\{outcome="${outcome}"\\} (\\d+)`).exec(await server.metrics())?.[1]);
  await eventually(async () => expect(await pulls('failed')).toBeGreaterThanOrEqual(10));
  isDown = false;
  await eventually(async () => expect(await pulls('refused')).toBeGreaterThanOrEqual(10));
});
