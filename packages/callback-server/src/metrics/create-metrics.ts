import { eventNames } from '@partner-ecosystem/openapi/operations';
import { type Gauge, Registry } from 'prom-client';
import type { CallbackEvent } from '../callback/callback-event.ts';
import { type ConfirmationState, confirmationStates } from '../callback/confirmation.ts';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import { verdicts } from '../callback/verdict.ts';
import { type PullOutcome, pullOutcomes } from '../confirm/create-pulls.ts';
import { targetNames } from '../notify/notification-target.ts';
import { type Refusal, refusals as reasons } from '../receiver/refusal.ts';
import type { MerchantCounts } from '../store/engine/merchant-rows.ts';
import { createMetricFactory } from './metric-factory.ts';
import { ageSeconds, createRouteMetrics, type RouteReading } from './route-metrics.ts';

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const rowsBuckets = [1, 2, 4, 8, 16, 32, 64, 128];

const closedConnectionKinds = ['stranger', 'idle', 'new'] as const;

export type Metrics = ReturnType<typeof createMetrics>;

/** Counts and measures. No metric contains a person's data, an address or a secret. */
export function createMetrics() {
  const registry = new Registry();
  const create = createMetricFactory(registry);
  const { counter, gauge, histogram } = create;

  const receipts = counter('receipts_total', 'Stored callbacks, including repeats.', 'verdict');
  const repeats = counter('repeats_total', 'Repeats of callbacks that were stored already.');
  const refusals = counter('refusals_total', 'Declined callbacks, by reason.', 'reason');
  const drift = counter('drift_total', 'Violations of the contract in new callbacks.', 'kind');
  const ackSeconds = histogram('ack_seconds', 'Seconds from a request to its 200.', secondsBuckets);
  const fsyncSeconds = histogram('fsync_seconds', 'Seconds of a commit with its flush.', secondsBuckets);
  const batchRows = histogram('commit_batch_rows', 'Callbacks per commit.', rowsBuckets);
  const confirmations = counter('confirmations_total', 'Ended confirmations of callbacks.', 'state');
  const recovered = counter('recovered_total', 'Callbacks that did not arrive, made from pulls.', 'event');
  const merchants = gauge('merchants', 'Merchants whose callbacks are expected.', 'state');
  const oldestOverdue = gauge('oldest_overdue_seconds', 'Time since the oldest overdue pull was due.');
  const pulls = counter('pulls_total', 'Pulls of merchants.', 'outcome');
  const notifications = counter('notifications_total', 'Attempts at notifications.', 'target', 'outcome');
  const clockJumps = counter('clock_jump_total', 'Jumps of the wall clock by a minute or more.');
  const closedConnections = counter(
    'connections_closed_total',
    'Closed connections beyond the maximum.',
    'connection',
  );
  const droppedLines = counter('log_lines_dropped_total', 'Log lines that could not be written.');
  const lastReceipt = gauge('last_receipt_age_seconds', 'Seconds since the newest callback arrived.');
  const disk = gauge('disk_free_bytes', 'Free bytes on the disk of the database.');
  const routes = createRouteMetrics(create);
  // Prometheus sees no increase in a series that begins above 0.
  for (const verdict of verdicts) receipts.inc({ verdict }, 0);
  for (const reason of reasons) refusals.inc({ reason }, 0);
  // Recovered callbacks have a counter of their own.
  for (const state of confirmationStates.filter((each) => each !== 'recovered'))
    confirmations.inc({ state }, 0);
  for (const event of eventNames) recovered.inc({ event }, 0);
  for (const outcome of pullOutcomes) pulls.inc({ outcome }, 0);
  for (const target of targetNames)
    for (const outcome of ['sent', 'failed']) notifications.inc({ target, outcome }, 0);
  for (const connection of closedConnectionKinds) closedConnections.inc({ connection }, 0);

  return {
    kept: ({ verdict, violations }: IncomingCallback, isNew: boolean, seconds: number) => {
      receipts.inc({ verdict });
      ackSeconds.observe(seconds);
      if (!isNew) repeats.inc();
      else for (const { keyword } of violations) drift.inc({ kind: driftKinds[keyword] ?? 'other' });
    },
    refused: (reasons: readonly Refusal[]) => {
      for (const reason of reasons) refusals.inc({ reason });
    },
    committed: (rows: number, milliseconds: number) => {
      batchRows.observe(rows);
      fsyncSeconds.observe(milliseconds / 1000);
    },
    tooManyConnections: (connection: (typeof closedConnectionKinds)[number]) =>
      closedConnections.inc({ connection }),
    confirmed: (state: ConfirmationState) => confirmations.inc({ state }),
    recovered: (event: CallbackEvent) => recovered.inc({ event }),
    pulled: (outcome: PullOutcome) => pulls.inc({ outcome }),
    notified: (target: (typeof targetNames)[number], isSent: boolean) =>
      notifications.inc({ target, outcome: isSent ? 'sent' : 'failed' }),
    clockJumped: () => clockJumps.inc(),
    attemptEnded: routes.attemptEnded,
    /** Renders all metrics in Prometheus text format. */
    render: ({ lastReceivedAt, freeBytes, droppedLogLines, ...reading }: MetricsReading) => {
      routes.read(reading.routes);
      const { inStep, overdue, unverifiable, oldestOverdueMs } = reading.merchants;
      merchants.set({ state: 'in-step' }, inStep);
      merchants.set({ state: 'overdue' }, overdue);
      merchants.set({ state: 'unverifiable' }, unverifiable);
      oldestOverdue.set((oldestOverdueMs ?? 0) / 1000);
      setOrRemove(lastReceipt, lastReceivedAt && ageSeconds(lastReceivedAt));
      setOrRemove(disk, freeBytes);
      droppedLines.reset();
      droppedLines.inc(droppedLogLines);
      return registry.metrics();
    },
  };
}

/** What cannot be measured has no sample: before the first callback there is no age. */
function setOrRemove(gauge: Gauge, value: number | undefined): void {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
}

/** What is measured when the metrics are rendered. */
interface MetricsReading {
  readonly lastReceivedAt?: Date;
  readonly routes: readonly RouteReading[];
  readonly merchants: MerchantCounts;
  /** Free bytes on the database's disk; `undefined` if it is on another machine. */
  readonly freeBytes: number | undefined;
  /** Number of log lines that could not be written since the start. */
  readonly droppedLogLines: number;
}

/** How a callback violates the contract, by the keyword of the violation. */
const driftKinds: Readonly<Record<string, string>> = {
  additionalProperties: 'unknown_member',
  unevaluatedProperties: 'unknown_member',
  word: 'new_word',
  type: 'changed_type',
  required: 'missing_member',
  missing: 'missing_member',
  event: 'wrong_event',
};
