import { eventNames } from '@partner-ecosystem/openapi/operations';
import type { CallbackEvent } from '../callback/callback-event.ts';
import { type ConfirmationState, confirmationStates } from '../callback/confirmation.ts';
import { type PullOutcome, pullOutcomes } from '../confirm/create-pulls.ts';
import type { MerchantCounts } from '../store/engine/merchant-rows.ts';
import type { MetricFactory } from './metric-factory.ts';

/** Metrics of pulls: confirmations, and checks of merchants. */
export function createMerchantMetrics({ counter, gauge }: MetricFactory) {
  const confirmations = counter('confirmations_total', 'Ended confirmations of callbacks.', 'state');
  const recovered = counter('recovered_total', 'Callbacks that did not arrive, made from pulls.', 'event');
  const merchants = gauge('merchants', 'Merchants whose callbacks are expected.', 'state');
  const oldestOverdue = gauge('oldest_overdue_seconds', 'Time since the oldest overdue pull was due.');
  const pulls = counter('pulls_total', 'Pulls of merchants.', 'outcome');
  // Prometheus sees no increase in a series that begins above 0.
  // Recovered callbacks have a counter of their own.
  for (const state of confirmationStates.filter((each) => each !== 'recovered'))
    confirmations.inc({ state }, 0);
  for (const event of eventNames) recovered.inc({ event }, 0);
  for (const outcome of pullOutcomes) pulls.inc({ outcome }, 0);

  return {
    confirmed: (state: ConfirmationState) => confirmations.inc({ state }),
    recovered: (event: CallbackEvent) => recovered.inc({ event }),
    pulled: (outcome: PullOutcome) => pulls.inc({ outcome }),
    read: ({ inStep, overdue, unverifiable, oldestOverdueMs }: MerchantCounts) => {
      merchants.set({ state: 'in-step' }, inStep);
      merchants.set({ state: 'overdue' }, overdue);
      merchants.set({ state: 'unverifiable' }, unverifiable);
      oldestOverdue.set((oldestOverdueMs ?? 0) / 1000);
    },
  };
}
