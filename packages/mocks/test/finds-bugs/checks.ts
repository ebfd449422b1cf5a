import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { RequestBreakage } from '../../src/core/model/fault.ts';
import type { Case, RealmReference } from './integration.ts';
import { customer, items, picture, type TestBed } from './test-bed.ts';

/** A rule of a good integration. A violation throws. */
export interface Check {
  readonly rule: string;
  /** Differences from the usual realm and flow. */
  readonly realm?: Partial<RealmReference>;
  readonly run: (testBed: TestBed) => Promise<void>;
}

const reference = customer.signzyAppId;
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
    rule: 'a reversed decision is taken over',
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
  {
    rule: 'an expired token is renewed',
    run: async (testBed) => {
      await submitted(testBed);
      await testBed.sandbox.clock.advance('15d');
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'pending');
    },
  },
  {
    rule: 'a revoked token is renewed',
    run: async (testBed) => {
      await submittedAndNotified(testBed);
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'token-revoked', times: 1 });
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'pending');
    },
  },
  {
    rule: 'one login lasts for days',
    run: async (testBed) => {
      const before = countRequests(testBed, 'loginPartner');
      await onboarded(testBed);
      await testBed.sandbox.clock.advance('2d');
      await testBed.integration.refresh(reference);
      equal(countRequests(testBed, 'loginPartner') - before, 1);
    },
  },
  {
    rule: 'concurrent calls log in once',
    run: async (testBed) => {
      await onboarded(testBed);
      await testBed.sandbox.clock.advance('15d');
      const before = countRequests(testBed, 'loginPartner');
      await Promise.all(Array.from({ length: 5 }, () => testBed.integration.refresh(reference)));
      equal(countRequests(testBed, 'loginPartner') - before, 1);
    },
  },
  {
    rule: 'a forbidden request is repeated at most once',
    realm: { flowId: '0123456789abcdef01234567' },
    run: async (testBed) => {
      await rejects(testBed.integration.onboard(customer), /401/);
      ok(countRequests(testBed, 'createMerchant') <= 2);
    },
  },
  {
    rule: 'a create with a lost response is not repeated',
    run: async (testBed) => {
      testBed.sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', times: 1 });
      await rejects(testBed.integration.onboard(customer), /no response/);
      equal(Object.keys(testBed.sandbox.snapshot().merchants).length, 1);
      equal(caseOf(testBed).status, 'uncertain');
    },
  },
  {
    rule: 'a permanent refusal is not repeated, and its log contains no personal data and no secrets',
    realm: { realm: 'another-realm' },
    run: async (testBed) => {
      await rejects(testBed.integration.onboard(customer), /422/);
      equal(countRequests(testBed, 'createMerchant'), 1);
      const log = testBed.log.join('\n');
      const tokens = Object.keys(testBed.sandbox.snapshot().tokens);
      match(log, /422/);
      for (const secret of [customer.name, customer.mobile, ...tokens]) ok(!log.includes(secret));
    },
  },
  survives('a pull survives a short outage', { kind: 'status', status: 503 }),
  survives('a pull survives a proxy’s page', { kind: 'proxy-page' }),
  survives('a pull survives a request limit with a 403', { kind: 'throttled-403' }),
  {
    rule: 'Retry-After is respected',
    run: async (testBed) => {
      await submittedAndNotified(testBed);
      testBed.sandbox.faults.add({
        operation: 'pullMerchant',
        kind: 'throttled-429',
        retryAfterSeconds: 7,
        times: 1,
      });
      await testBed.integration.refresh(reference);
      ok(Math.max(...testBed.waits) >= 7000);
    },
  },
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

/** A pull succeeds although a fault strikes once. */
function survives(rule: string, breakage: RequestBreakage): Check {
  return {
    rule,
    run: async (testBed) => {
      await submittedAndNotified(testBed);
      testBed.sandbox.faults.add({ operation: 'pullMerchant', times: 1, ...breakage });
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'pending');
    },
  };
}

function caseOf({ integration }: TestBed): Case {
  const known = integration.cases.get(reference);
  if (!known) throw new Error('The integration has no case.');
  return known;
}

function merchantOf({ sandbox }: TestBed) {
  const [merchant] = Object.values(sandbox.snapshot().merchants);
  if (!merchant) throw new Error('The provider has no merchant.');
  return merchant;
}

/** Number of requests for an operation. */
function countRequests({ sandbox }: TestBed, operation: string): number {
  return sandbox.journal().filter((entry) => entry.kind === 'request' && entry.operation === operation)
    .length;
}

async function onboarded(testBed: TestBed): Promise<Case> {
  await testBed.integration.onboard(customer);
  return caseOf(testBed);
}

async function submitted(testBed: TestBed): Promise<void> {
  await onboarded(testBed);
  await testBed.integration.submit(reference, items, picture);
}

/** Submits a case and delivers its callback. The integration pulls after a callback, and a fault must not strike that pull. */
async function submittedAndNotified(testBed: TestBed): Promise<void> {
  await submitted(testBed);
  await testBed.sandbox.callbacks.drain();
}

async function decided(testBed: TestBed, decision: 'accept' | 'askForMore'): Promise<void> {
  await submittedAndNotified(testBed);
  await decide(testBed, decision);
}

async function decide(testBed: TestBed, decision: 'accept' | 'askForMore' | 'reverse'): Promise<void> {
  testBed.sandbox.backOffice[decision](merchantOf(testBed).id);
  await testBed.sandbox.callbacks.drain();
}
