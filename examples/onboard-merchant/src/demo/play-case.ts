import { type EventEmitter, once } from 'node:events';
import type { Decisions, PartnerClient } from '@partner-ecosystem/client';
import type { Sandbox } from '@partner-ecosystem/mocks';
import { type Customer, onboardMerchant } from '../steps/onboard-merchant.ts';
import { workplace } from './example-data.ts';
import type { Narrate } from './narrator.ts';

/** A customer, and the decision that the back office makes about them. */
export interface Case {
  customer: Customer;
  decision: 'accept' | 'reject';
  details?: { reason: string };
}

/** Who takes part in a case. */
export interface Cast {
  partner: PartnerClient;
  decisions: Decisions;
  backOffice: Sandbox['backOffice'];
  /** Emits the verdict of each stored callback, under the name of the callback's event. */
  arrivals: EventEmitter;
  narrate: Narrate;
}

/** Longest wait for a callback and for the decision. */
const deadlineMs = 30_000;

/**
 * Onboards one merchant, and prints each stage in the order in which it happens.
 *
 * @throws StageFailedError that names the failed step.
 */
export async function playCase(
  { customer, decision, details }: Case,
  { partner, decisions, backOffice, arrivals, narrate }: Cast,
  ending: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([ending, AbortSignal.timeout(deadlineMs)]);
  const { realmId } = workplace;
  // Each wait starts before its cause, so that no callback arrives before the wait.
  const [{ id: merchantId }] = await narrate(
    { step: 6, title: 'Callback arrives', source: 'callback pending' },
    () => Promise.all([onboardMerchant(partner, workplace, customer), once(arrivals, 'pending', { signal })]),
    ([, [verdict]]) => `stored, ${verdict}`,
  );
  const handingOn = narrate(
    { step: 7, title: 'Code gets a decision', source: 'decisions' },
    () => decisions.waitFor({ merchantId, realmId }, { deadlineMs, signal }),
    (learned) => learned.decision,
  );
  const arriving = narrate(
    { step: 7, title: 'Callback arrives', source: `callback ${decision}` },
    () => once(arrivals, decision, { signal }),
    ([verdict]) => `stored, ${verdict}`,
  );
  const deciding = narrate(
    { step: 7, title: 'Back office decides', source: 'sandbox' },
    async () => backOffice[decision](merchantId, details),
    () => decision,
  );
  const [learned] = await Promise.all([handingOn, arriving, deciding]);
  if (learned.decision !== decision)
    throw new Error(`Merchant ${merchantId} was decided as ${decision}, but pulled as ${learned.status}.`);
}
