import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { callChecks } from './call-checks.ts';
import { caseOf, decide, decided, merchantOf, onboarded, reference, submitted } from './case-steps.ts';
import type { Check } from './check.ts';
import { items } from './test-bed.ts';

const status = '/result/merchantData/basicDetails/status';

/** The suite of a partner for an integration. The checks do not depend on the kind of provider. */
export const checks: readonly Check[] = [
  {
    rule: 'a customer becomes a merchant',
    run: async (testBed) => {
      const { merchantId, startedAt, auditorId, status: word } = await onboarded(testBed);
      match(`${merchantId}`, /^[0-9a-f]{24}$/);
      equal(word, 'new');
      equal(auditorId, undefined);
      ok(Number(startedAt?.getUTCFullYear()) < 2107);
    },
  },
  {
    rule: 'a submitted case can be pulled',
    run: async (testBed) => {
      await submitted(testBed);
      await testBed.integration.refresh(reference);
      ok(['new', 'pending', 'accept', 'reject', 'draft'].includes(caseOf(testBed).status));
    },
  },
  {
    rule: 'the provider receives all pushed items',
    run: async (testBed) => {
      await submitted(testBed);
      const pushed = merchantOf(testBed).items.map(({ pageId, widgetName }) => ({ pageId, widgetName }));
      deepEqual(
        pushed,
        items.map(({ pageId, widgetName }) => ({ pageId, widgetName })),
      );
    },
  },
  {
    rule: 'a picture can be fetched a day later',
    run: async (testBed) => {
      await submitted(testBed);
      const { sandbox } = testBed;
      const address = merchantOf(testBed)
        .items.flatMap(({ data }) => Object.values(data))
        .find((value) => `${value}`.startsWith('http'));
      await sandbox.clock.advance('1d');
      equal((await fetch(`${address}`)).status, 200);
    },
  },
  {
    rule: 'a callback reports a decision',
    run: async (testBed) => {
      await decided(testBed, 'accept');
      equal(caseOf(testBed).status, 'accept');
    },
  },
  {
    rule: 'a reversed decision replaces the first decision',
    run: async (testBed) => {
      await decided(testBed, 'accept');
      await decide(testBed, 'reverse');
      equal(caseOf(testBed).status, 'reject');
    },
  },
  {
    rule: 'a duplicate callback counts once',
    run: async (testBed) => {
      testBed.sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 2 });
      await decided(testBed, 'accept');
      await testBed.sandbox.clock.advance('1h');
      deepEqual(testBed.integration.commissions, [reference]);
    },
  },
  {
    rule: 'a forged callback changes nothing',
    run: async (testBed) => {
      await submitted(testBed);
      const { receiver, sandbox } = testBed;
      await sandbox.callbacks.drain();
      const { merchantId } = caseOf(testBed);
      const body = JSON.stringify({ merchantData: { id: merchantId, status: 'accept' } });
      await fetch(receiver.url, { method: 'POST', body });
      equal(caseOf(testBed).status, 'pending');
      deepEqual(testBed.integration.commissions, []);
    },
  },
  {
    rule: 'an outdated callback does not restore an old status',
    run: async (testBed) => {
      await decided(testBed, 'accept');
      const { callbacks } = testBed.sandbox;
      const pending = callbacks.all().find(({ event }) => event === 'pending');
      await callbacks.redeliver(pending?.id ?? '');
      equal(caseOf(testBed).status, 'accept');
    },
  },
  {
    rule: 'a callback that could not be handled is posted again',
    run: async (testBed) => {
      await submitted(testBed);
      await testBed.sandbox.callbacks.drain();
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'status', status: 503, times: 5 });
      await decide(testBed, 'accept');
      await testBed.sandbox.clock.advance('1h');
      equal(caseOf(testBed).status, 'accept');
    },
  },
  {
    rule: 'a callback that is not JSON is refused',
    run: async (testBed) => {
      testBed.sandbox.faults.add({ callback: 'pending', kind: 'wrong-body', body: 'unparsable', times: 1 });
      await submitted(testBed);
      await testBed.sandbox.callbacks.drain();
      equal(testBed.receiver.statuses[0], 400);
    },
  },
  {
    rule: 'an unknown status differs from all known statuses',
    run: async (testBed) => {
      await submitted(testBed);
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-unknown-word', at: status });
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'unknown');
    },
  },
  {
    rule: 'an optional property can be missing',
    run: async (testBed) => {
      await submitted(testBed);
      const at = '/result/merchantData/basicDetails/flowDetails';
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-missing-optional', at });
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'pending');
    },
  },
  {
    rule: 'a number can be a string',
    run: async (testBed) => {
      const { startedAt } = await onboarded(testBed);
      const at = '/result/merchantData/basicDetails/onboardingStartDate';
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-number-as-string', at });
      await testBed.integration.refresh(reference);
      deepEqual(caseOf(testBed).startedAt, startedAt);
    },
  },
  ...callChecks,
  {
    rule: 'a draft waits for the customer',
    run: async (testBed) => {
      await decided(testBed, 'askForMore');
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).waitsForCustomer, true);
    },
  },
  {
    rule: 'a call without a response times out and is repeated',
    run: async (testBed) => {
      const { integration, sandbox, timeouts } = testBed;
      // Without a submission there is no callback, so the fault can strike only this pull.
      await onboarded(testBed);
      sandbox.faults.add({ operation: 'pullMerchant', kind: 'never-answers', times: 1 });
      const before = timeouts.length;
      const refreshed = integration.refresh(reference);
      refreshed.catch(() => {}); // Without a timeout, the pull fails when the provider closes.
      while (sandbox.faults.list()[0]?.struck !== 1) await setImmediate();
      // A lost connection also repeats the pull, so the attempt that the fault struck is the latest.
      ok(timeouts.length > before);
      timeouts.at(-1)?.abort();
      await refreshed;
      equal(caseOf(testBed).status, 'new');
    },
  },
];
