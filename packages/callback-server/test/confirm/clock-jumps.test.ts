import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, onTestFinished, test, vi } from 'vitest';
import { bothEngines } from '../support/both-engines.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';

const { realmId } = requests.createMerchant.customer;
const tenYearsMs = 10 * 365 * 24 * 3_600_000;

/** Milliseconds that the clock is ahead when a callback arrives, and after the first attempt to confirm the callback. */
const jumps: readonly (readonly [string, number, number])[] = [
  ['is ten years ahead and then put right', tenYearsMs, 0],
  ['jumps ten years back', 0, -tenYearsMs],
  ['jumps ten years ahead', 0, tenYearsMs],
];

for (const [engine, databaseOf] of bothEngines)
  for (const [what, before, after] of jumps) {
    test(`${engine}: a clock that ${what} keeps no forged accept from the quarantine`, async () => {
      const start = Date.now();
      vi.useFakeTimers({ toFake: ['Date'], now: start + before });
      onTestFinished(() => void vi.useRealTimers());
      const options = { databaseUrl: await databaseOf(), agreeMs: 400, confirmDelaysMs: [20] };
      let pulls = 0;
      const { server, post, pendingMerchant, words } = await startConfirming(options, (request, next) => {
        pulls += Number(request.url.includes('/pullMerchant/'));
        return next(request);
      });
      const id = await pendingMerchant();
      await post('accept', JSON.stringify({ merchantData: { id, status: 'accept', realmId } }));
      await eventually(() => expect(pulls).toBeGreaterThan(0));
      vi.setSystemTime(start + after);
      await eventually(async () => {
        const [forged] = await server.callbacks.list({ merchantId: id });
        expect(forged?.confirmation?.state).toBe('quarantined');
      });
      expect(words()).toEqual([]);
    });

    test(`${engine}: with a clock that ${what}, the settings of unconfirmed callbacks still apply`, async () => {
      const start = Date.now();
      vi.useFakeTimers({ toFake: ['Date'], now: start + before });
      onTestFinished(() => void vi.useRealTimers());
      const limits = { unconfirmed: 'deliver', unconfirmedAfterMs: 400, confirmDelaysMs: [20] } as const;
      let pulls = 0;
      const options = { databaseUrl: await databaseOf(), ...limits };
      const { post, words } = await startConfirming(options, () => {
        pulls += 1;
        return Promise.reject(new TypeError('down'));
      });
      await post('accept', JSON.stringify({ merchantData: { id: 'one', status: 'accept', realmId } }));
      await eventually(() => expect(pulls).toBeGreaterThan(0));
      vi.setSystemTime(start + after);
      await eventually(() => expect(words()).toEqual(['accept unconfirmed']));
    });
  }

test('a true accept waits while the pull is stale, even if the clock of the server was ahead at its receipt', async () => {
  const start = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: start + 30_000 });
  onTestFinished(() => void vi.useRealTimers());
  const options = { agreeMs: 3_600_000, confirmDelaysMs: [20] };
  const { post, pendingMerchant, pulledMore, sandbox, words } = await startConfirming(options);
  const id = await pendingMerchant();
  await post('accept', JSON.stringify({ merchantData: { id, status: 'accept', realmId } }));
  vi.setSystemTime(start);
  await pulledMore();
  sandbox.backOffice.accept(id);
  await eventually(() => expect(words()).toEqual(['accept confirmed']));
});
