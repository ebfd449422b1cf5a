import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import type { RequestBreakage } from '../../src/core/model/fault.ts';
import { customer, type Ground, items, picture } from './ground.ts';
import type { Case, Workplace } from './integration.ts';

/** One rule that a good integration keeps. It fails by throwing. */
export interface Check {
  readonly rule: string;
  /** Where the partner is made to work, if not at the usual place. */
  readonly at?: Partial<Workplace>;
  readonly run: (ground: Ground) => Promise<void>;
}

const reference = customer.signzyAppId;
const status = '/result/merchantData/basicDetails/status';

/** The suite: what a partner would test of an integration, whatever is behind the address. */
export const checks: readonly Check[] = [
  {
    rule: 'a customer becomes a merchant',
    run: async (ground) => {
      const { merchantId, startedAt, auditorId, status: word } = await onboarded(ground);
      match(`${merchantId}`, /^[0-9a-f]{24}$/);
      equal(word, 'new');
      equal(auditorId, undefined);
      ok(Number(startedAt?.getUTCFullYear()) < 2107);
    },
  },
  {
    rule: 'a case that was submitted can be pulled',
    run: async (ground) => {
      await submitted(ground);
      await ground.integration.refresh(reference);
      ok(['new', 'pending', 'accept', 'reject', 'draft'].includes(caseOf(ground).status));
    },
  },
  {
    rule: 'all that was pushed arrives',
    run: async (ground) => {
      await submitted(ground);
      const pushed = merchantOf(ground).items.map(({ pageId, widgetName }) => ({ pageId, widgetName }));
      deepEqual(
        pushed,
        items.map(({ pageId, widgetName }) => ({ pageId, widgetName })),
      );
    },
  },
  {
    rule: 'a picture can be fetched a day later',
    run: async (ground) => {
      await submitted(ground);
      const { sandbox } = ground;
      const address = merchantOf(ground)
        .items.flatMap(({ data }) => Object.values(data))
        .find((value) => value.startsWith('http'));
      await sandbox.clock.advance('1d');
      equal((await fetch(address ?? 'nowhere:')).status, 200);
    },
  },
  {
    rule: 'a decision is learnt from its callback',
    run: async (ground) => {
      await decided(ground, 'accept');
      equal(caseOf(ground).status, 'accept');
    },
  },
  {
    rule: 'a decision that is reversed is taken over',
    run: async (ground) => {
      await decided(ground, 'accept');
      await decide(ground, 'reverse');
      equal(caseOf(ground).status, 'reject');
    },
  },
  {
    rule: 'a callback that comes twice counts once',
    run: async (ground) => {
      ground.sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 2 });
      await decided(ground, 'accept');
      await ground.sandbox.clock.advance('1h');
      deepEqual(ground.integration.commissions, [reference]);
    },
  },
  {
    rule: 'a forged callback changes nothing',
    run: async (ground) => {
      await submitted(ground);
      const { receiver, sandbox } = ground;
      await sandbox.callbacks.drain();
      const { merchantId } = caseOf(ground);
      const body = JSON.stringify({ merchantData: { id: merchantId, status: 'accept' } });
      await fetch(receiver.url, { method: 'POST', body });
      equal(caseOf(ground).status, 'pending');
      deepEqual(ground.integration.commissions, []);
    },
  },
  {
    rule: 'a callback that was overtaken sets nothing back',
    run: async (ground) => {
      await decided(ground, 'accept');
      const { callbacks } = ground.sandbox;
      const pending = callbacks.all().find(({ event }) => event === 'pending');
      await callbacks.redeliver(pending?.id ?? '');
      equal(caseOf(ground).status, 'accept');
    },
  },
  {
    rule: 'a callback that could not be handled comes again',
    run: async (ground) => {
      await submitted(ground);
      await ground.sandbox.callbacks.drain();
      ground.sandbox.faults.add({ operation: 'pullMerchant', kind: 'status', status: 503, times: 5 });
      await decide(ground, 'accept');
      await ground.sandbox.clock.advance('1h');
      equal(caseOf(ground).status, 'accept');
    },
  },
  {
    rule: 'a callback that is no JSON is turned away, and harms nothing',
    run: async (ground) => {
      ground.sandbox.faults.add({ callback: 'pending', kind: 'wrong-body', body: 'unparsable', times: 1 });
      await submitted(ground);
      await ground.sandbox.callbacks.drain();
      equal(ground.receiver.statuses[0], 400);
    },
  },
  {
    rule: 'a status that nobody knows is told apart from those that are known',
    run: async (ground) => {
      await submitted(ground);
      ground.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-unknown-word', at: status });
      await ground.integration.refresh(reference);
      equal(caseOf(ground).status, 'unknown');
    },
  },
  {
    rule: 'a member that is optional can be missing',
    run: async (ground) => {
      await submitted(ground);
      const at = '/result/merchantData/basicDetails/flowDetails';
      ground.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-missing-optional', at });
      await ground.integration.refresh(reference);
      equal(caseOf(ground).status, 'pending');
    },
  },
  {
    rule: 'a number can come as a string',
    run: async (ground) => {
      const { startedAt } = await onboarded(ground);
      const at = '/result/merchantData/basicDetails/onboardingStartDate';
      ground.sandbox.faults.add({ operation: 'pullMerchant', kind: 'drift-number-as-string', at });
      await ground.integration.refresh(reference);
      deepEqual(caseOf(ground).startedAt, startedAt);
    },
  },
  {
    rule: 'a token that has expired is renewed',
    run: async (ground) => {
      await submitted(ground);
      await ground.sandbox.clock.advance('15d');
      await ground.integration.refresh(reference);
      equal(caseOf(ground).status, 'pending');
    },
  },
  {
    rule: 'a token that was taken away early is renewed',
    run: async (ground) => {
      await submitted(ground);
      ground.sandbox.faults.add({ operation: 'pullMerchant', kind: 'token-revoked', times: 1 });
      await ground.integration.refresh(reference);
      equal(caseOf(ground).status, 'pending');
    },
  },
  {
    rule: 'one login lasts for days',
    run: async (ground) => {
      const before = asked(ground, 'loginPartner');
      await onboarded(ground);
      await ground.sandbox.clock.advance('2d');
      await ground.integration.refresh(reference);
      equal(asked(ground, 'loginPartner') - before, 1);
    },
  },
  {
    rule: 'many calls that need a token log in once',
    run: async (ground) => {
      await onboarded(ground);
      await ground.sandbox.clock.advance('15d');
      const before = asked(ground, 'loginPartner');
      await Promise.all(Array.from({ length: 5 }, () => ground.integration.refresh(reference)));
      equal(asked(ground, 'loginPartner') - before, 1);
    },
  },
  {
    rule: 'what is not permitted is not asked for again and again',
    at: { flowId: '0123456789abcdef01234567' },
    run: async (ground) => {
      await rejects(ground.integration.onboard(customer), /401/);
      ok(asked(ground, 'createMerchant') <= 2);
    },
  },
  {
    rule: 'a create whose answer was lost is not repeated',
    run: async (ground) => {
      ground.sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', times: 1 });
      await rejects(ground.integration.onboard(customer), /no answer/);
      equal(Object.keys(ground.sandbox.snapshot().merchants).length, 1);
      equal(caseOf(ground).status, 'uncertain');
    },
  },
  {
    rule: 'what was refused for good is not sent again, and is logged without personal data and secrets',
    at: { realm: 'another-realm' },
    run: async (ground) => {
      await rejects(ground.integration.onboard(customer), /422/);
      equal(asked(ground, 'createMerchant'), 1);
      const log = ground.log.join('\n');
      const tokens = Object.keys(ground.sandbox.snapshot().tokens);
      match(log, /422/);
      for (const secret of [customer.name, customer.mobile, ...tokens]) ok(!log.includes(secret));
    },
  },
  passing('a service that is down for a moment is waited for', { kind: 'status', status: 503 }),
  passing('a proxy’s page is waited out', { kind: 'proxy-page' }),
  passing('a request limit that is said as a 403 is waited out', { kind: 'throttled-403' }),
  {
    rule: 'Retry-After is heeded',
    run: async (ground) => {
      await submitted(ground);
      ground.sandbox.faults.add({
        operation: 'pullMerchant',
        kind: 'throttled-429',
        retryAfterSeconds: 7,
        times: 1,
      });
      await ground.integration.refresh(reference);
      ok(Math.max(...ground.waits) >= 7000);
    },
  },
  {
    rule: 'a draft waits for the customer',
    run: async (ground) => {
      await decided(ground, 'askForMore');
      await ground.integration.refresh(reference);
      equal(caseOf(ground).waitsForCustomer, true);
    },
  },
  // The last, since whoever waits for ever is waited for.
  passing('a call that is never answered is given up, and tried again', { kind: 'never-answers' }),
];

/** A fault that strikes a pull once is got over. */
function passing(rule: string, breakage: RequestBreakage): Check {
  return {
    rule,
    run: async (ground) => {
      await submitted(ground);
      ground.sandbox.faults.add({ operation: 'pullMerchant', times: 1, ...breakage });
      await ground.integration.refresh(reference);
      equal(caseOf(ground).status, 'pending');
    },
  };
}

function caseOf({ integration }: Ground): Case {
  const known = integration.cases.get(reference);
  if (!known) throw new Error('The integration knows of no case.');
  return known;
}

function merchantOf({ sandbox }: Ground) {
  const [merchant] = Object.values(sandbox.snapshot().merchants);
  if (!merchant) throw new Error('The provider knows of no merchant.');
  return merchant;
}

/** How often an operation was asked for. */
function asked({ sandbox }: Ground, operation: string): number {
  return sandbox.journal().filter((entry) => entry.kind === 'request' && entry.operation === operation)
    .length;
}

async function onboarded(ground: Ground): Promise<Case> {
  await ground.integration.onboard(customer);
  return caseOf(ground);
}

async function submitted(ground: Ground): Promise<void> {
  await onboarded(ground);
  await ground.integration.submit(reference, items, picture);
}

async function decided(ground: Ground, decision: 'accept' | 'askForMore'): Promise<void> {
  await submitted(ground);
  await ground.sandbox.callbacks.drain();
  await decide(ground, decision);
}

async function decide(ground: Ground, decision: 'accept' | 'askForMore' | 'reverse'): Promise<void> {
  ground.sandbox.backOffice[decision](merchantOf(ground).id);
  await ground.sandbox.callbacks.drain();
}
