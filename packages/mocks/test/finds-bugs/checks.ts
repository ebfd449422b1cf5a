import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import type { RequestBreakage } from '../../src/core/model/fault.ts';
import type { Case, Workplace } from './integration.ts';
import { customer, items, picture, type TestBed } from './test-bed.ts';

/** One rule that a good integration keeps. It fails by throwing. */
export interface Check {
  readonly rule: string;
  /** Where the partner is made to work, if not at the usual place. */
  readonly at?: Partial<Workplace>;
  readonly run: (testBed: TestBed) => Promise<void>;
}

const reference = customer.signzyAppId;
const status = '/result/merchantData/basicDetails/status';

/** The suite: what a partner would test of an integration, whatever is behind the address. */
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
    rule: 'a case that was submitted can be pulled',
    run: async (testBed) => {
      await submitted(testBed);
      await testBed.integration.refresh(reference);
      ok(['new', 'pending', 'accept', 'reject', 'draft'].includes(caseOf(testBed).status));
    },
  },
  {
    rule: 'all that was pushed arrives',
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
        .find((value) => value.startsWith('http'));
      await sandbox.clock.advance('1d');
      equal((await fetch(address ?? 'nowhere:')).status, 200);
    },
  },
  {
    rule: 'a decision is learnt from its callback',
    run: async (testBed) => {
      await decided(testBed, 'accept');
      equal(caseOf(testBed).status, 'accept');
    },
  },
  {
    rule: 'a decision that is reversed is taken over',
    run: async (testBed) => {
      await decided(testBed, 'accept');
      await decide(testBed, 'reverse');
      equal(caseOf(testBed).status, 'reject');
    },
  },
  {
    rule: 'a callback that comes twice counts once',
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
    rule: 'a callback that was overtaken sets nothing back',
    run: async (testBed) => {
      await decided(testBed, 'accept');
      const { callbacks } = testBed.sandbox;
      const pending = callbacks.all().find(({ event }) => event === 'pending');
      await callbacks.redeliver(pending?.id ?? '');
      equal(caseOf(testBed).status, 'accept');
    },
  },
  {
    rule: 'a callback that could not be handled comes again',
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
    rule: 'a callback that is no JSON is turned away, and harms nothing',
    run: async (testBed) => {
      testBed.sandbox.faults.add({ callback: 'pending', kind: 'wrong-body', body: 'unparsable', times: 1 });
      await submitted(testBed);
      await testBed.sandbox.callbacks.drain();
      equal(testBed.receiver.statuses[0], 400);
    },
  },
  {
    rule: 'a status that nobody knows is told apart from those that are known',
    run: async (testBed) => {
      await submitted(testBed);
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-unknown-word', at: status });
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'unknown');
    },
  },
  {
    rule: 'a member that is optional can be missing',
    run: async (testBed) => {
      await submitted(testBed);
      const at = '/result/merchantData/basicDetails/flowDetails';
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-missing-optional', at });
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'pending');
    },
  },
  {
    rule: 'a number can come as a string',
    run: async (testBed) => {
      const { startedAt } = await onboarded(testBed);
      const at = '/result/merchantData/basicDetails/onboardingStartDate';
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-number-as-string', at });
      await testBed.integration.refresh(reference);
      deepEqual(caseOf(testBed).startedAt, startedAt);
    },
  },
  {
    rule: 'a token that has expired is renewed',
    run: async (testBed) => {
      await submitted(testBed);
      await testBed.sandbox.clock.advance('15d');
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'pending');
    },
  },
  {
    rule: 'a token that was taken away early is renewed',
    run: async (testBed) => {
      await submitted(testBed);
      testBed.sandbox.faults.add({ operation: 'pullMerchant', kind: 'token-revoked', times: 1 });
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'pending');
    },
  },
  {
    rule: 'one login lasts for days',
    run: async (testBed) => {
      const before = asked(testBed, 'loginPartner');
      await onboarded(testBed);
      await testBed.sandbox.clock.advance('2d');
      await testBed.integration.refresh(reference);
      equal(asked(testBed, 'loginPartner') - before, 1);
    },
  },
  {
    rule: 'many calls that need a token log in once',
    run: async (testBed) => {
      await onboarded(testBed);
      await testBed.sandbox.clock.advance('15d');
      const before = asked(testBed, 'loginPartner');
      await Promise.all(Array.from({ length: 5 }, () => testBed.integration.refresh(reference)));
      equal(asked(testBed, 'loginPartner') - before, 1);
    },
  },
  {
    rule: 'what is not permitted is not asked for again and again',
    at: { flowId: '0123456789abcdef01234567' },
    run: async (testBed) => {
      await rejects(testBed.integration.onboard(customer), /401/);
      ok(asked(testBed, 'createMerchant') <= 2);
    },
  },
  {
    rule: 'a create whose answer was lost is not repeated',
    run: async (testBed) => {
      testBed.sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', times: 1 });
      await rejects(testBed.integration.onboard(customer), /no answer/);
      equal(Object.keys(testBed.sandbox.snapshot().merchants).length, 1);
      equal(caseOf(testBed).status, 'uncertain');
    },
  },
  {
    rule: 'what was refused for good is not sent again, and is logged without personal data and secrets',
    at: { realm: 'another-realm' },
    run: async (testBed) => {
      await rejects(testBed.integration.onboard(customer), /422/);
      equal(asked(testBed, 'createMerchant'), 1);
      const log = testBed.log.join('\n');
      const tokens = Object.keys(testBed.sandbox.snapshot().tokens);
      match(log, /422/);
      for (const secret of [customer.name, customer.mobile, ...tokens]) ok(!log.includes(secret));
    },
  },
  passing('a service that is down for a moment is waited for', { kind: 'status', status: 503 }),
  passing('a proxy’s page is waited out', { kind: 'proxy-page' }),
  passing('a request limit that is said as a 403 is waited out', { kind: 'throttled-403' }),
  {
    rule: 'Retry-After is heeded',
    run: async (testBed) => {
      await submitted(testBed);
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
  // The last, since whoever waits for ever is waited for.
  passing('a call that is never answered is given up, and tried again', { kind: 'never-answers' }),
];

/** A fault that strikes a pull once is got over. */
function passing(rule: string, breakage: RequestBreakage): Check {
  return {
    rule,
    run: async (testBed) => {
      await submitted(testBed);
      testBed.sandbox.faults.add({ operation: 'pullMerchant', times: 1, ...breakage });
      await testBed.integration.refresh(reference);
      equal(caseOf(testBed).status, 'pending');
    },
  };
}

function caseOf({ integration }: TestBed): Case {
  const known = integration.cases.get(reference);
  if (!known) throw new Error('The integration knows of no case.');
  return known;
}

function merchantOf({ sandbox }: TestBed) {
  const [merchant] = Object.values(sandbox.snapshot().merchants);
  if (!merchant) throw new Error('The provider knows of no merchant.');
  return merchant;
}

/** How often an operation was asked for. */
function asked({ sandbox }: TestBed, operation: string): number {
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

async function decided(testBed: TestBed, decision: 'accept' | 'askForMore'): Promise<void> {
  await submitted(testBed);
  await testBed.sandbox.callbacks.drain();
  await decide(testBed, decision);
}

async function decide(testBed: TestBed, decision: 'accept' | 'askForMore' | 'reverse'): Promise<void> {
  testBed.sandbox.backOffice[decision](merchantOf(testBed).id);
  await testBed.sandbox.callbacks.drain();
}
