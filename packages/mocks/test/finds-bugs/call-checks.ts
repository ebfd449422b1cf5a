import { equal, match, ok, rejects } from 'node:assert/strict';
import type { RequestBreakage } from '../../src/core/model/fault.ts';
import {
  caseOf,
  countRequests,
  onboarded,
  reference,
  submitted,
  submittedAndNotified,
} from './case-steps.ts';
import type { Check } from './check.ts';
import { customer } from './test-bed.ts';

/** How an integration logs in, and what it does after a failed call. */
export const callChecks: readonly Check[] = [
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
