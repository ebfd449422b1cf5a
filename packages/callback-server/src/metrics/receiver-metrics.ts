import type { IncomingCallback } from '../callback/incoming-callback.ts';
import { verdicts } from '../callback/verdict.ts';
import { type Refusal, refusals as reasons } from '../receiver/refusal.ts';
import type { MetricFactory } from './metric-factory.ts';

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const rowsBuckets = [1, 2, 4, 8, 16, 32, 64, 128];

const closedConnectionKinds = ['stranger', 'idle', 'new'] as const;

/** Metrics of receiving and storing. */
export function createReceiverMetrics({ counter, histogram }: MetricFactory) {
  const receipts = counter('receipts_total', 'Stored callbacks, including repeats.', 'verdict');
  const repeats = counter('repeats_total', 'Repeats of callbacks that were stored already.');
  const refusals = counter('refusals_total', 'Declined callbacks, by reason.', 'reason');
  const drift = counter('drift_total', 'Violations of the contract in new callbacks.', 'kind');
  const ackSeconds = histogram('ack_seconds', 'Seconds from a request to its 200.', secondsBuckets);
  const fsyncSeconds = histogram('fsync_seconds', 'Seconds of a commit with its flush.', secondsBuckets);
  const batchRows = histogram('commit_batch_rows', 'Callbacks per commit.', rowsBuckets);
  const closedConnections = counter(
    'connections_closed_total',
    'Closed connections beyond the maximum.',
    'connection',
  );
  // Prometheus sees no increase in a series that begins above 0.
  for (const verdict of verdicts) receipts.inc({ verdict }, 0);
  for (const reason of reasons) refusals.inc({ reason }, 0);
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
  };
}

/** How a callback violates the contract, by the keyword of the violation. */
const driftKinds: Readonly<Record<string, string>> = {
  additionalProperties: 'unknown_property',
  unevaluatedProperties: 'unknown_property',
  word: 'new_word',
  type: 'changed_type',
  required: 'missing_property',
  missing: 'missing_property',
  event: 'wrong_event',
};
