import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { IncomingCallback } from '../callback/incoming-callback.ts';
import type { Refusal } from '../receiver/responses.ts';
import type { StoreStats } from '../store/engine/store-engine.ts';
import { driftKind } from './drift-kind.ts';

export interface MetricsOptions {
  /** How the store stands. */
  readonly stats: () => Promise<StoreStats>;
  /** Bytes left on the disk where callbacks are kept; nothing where that is another machine's. */
  readonly freeBytes: () => number | undefined;
}

/** What is counted. Nothing of it names a person, an address or a secret. */
export interface Metrics {
  kept(callback: IncomingCallback, isNew: boolean, seconds: number): void;
  refused(reasons: readonly Refusal[]): void;
  committed(rows: number, milliseconds: number): void;
  clockJumped(): void;
  /** The text that Prometheus reads. Asks the store how it stands. */
  render(): Promise<string>;
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createMetrics({ stats, freeBytes }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });

  const receipts = counter('receipts_total', 'Callbacks kept, repeats included.', 'verdict');
  const repeats = counter('repeats_total', 'Callbacks kept that were there before.');
  const refusals = counter('refusals_total', 'Callbacks not taken, by each reason.', 'reason');
  const drift = counter('drift_total', 'Departures from the contract in new callbacks.', 'kind');
  const ackSeconds = histogram('ack_seconds', 'From a request to its 200.', secondsBuckets);
  const fsyncSeconds = histogram('fsync_seconds', 'What a commit took, with its flush.', secondsBuckets);
  const batchRows = histogram('commit_batch_rows', 'Callbacks in a commit.', [1, 2, 4, 8, 16, 32, 64, 128]);
  const clockJumps = counter('clock_jump_total', 'Times the clock jumped by a minute or more.');

  const oldest = gauge('oldest_undelivered_seconds', 'Age of the oldest callback with a delivery open.');
  const blocked = gauge('blocked_keys', 'Merchants, by route, held up by a callback that has failed.');
  const dead = gauge('dead_letters', 'Deliveries given up.');
  const lastReceipt = gauge('last_receipt_age_seconds', 'Since the newest callback came in.');
  const disk = gauge('disk_free_bytes', 'DiskSpace left where callbacks are kept.');

  const measure = async () => {
    const { oldestUndeliveredAt, blockedKeys, deadLetters, lastReceivedAt } = await stats();
    oldest.set(ageSeconds(oldestUndeliveredAt) ?? 0);
    blocked.set(blockedKeys);
    dead.set(deadLetters);
    // Nothing was received yet, which is no age.
    lastReceipt.set(ageSeconds(lastReceivedAt) ?? Number.NaN);
    disk.set(freeBytes() ?? Number.NaN);
  };

  return {
    kept: ({ verdict, violations }, isNew, seconds) => {
      receipts.inc({ verdict });
      ackSeconds.observe(seconds);
      if (!isNew) repeats.inc();
      else for (const violation of violations) drift.inc({ kind: driftKind(violation) });
    },
    refused: (reasons) => {
      for (const reason of reasons) refusals.inc({ reason });
    },
    committed: (rows, milliseconds) => {
      batchRows.observe(rows);
      fsyncSeconds.observe(milliseconds / 1000);
    },
    clockJumped: () => clockJumps.inc(),
    render: async () => {
      await measure();
      return registry.metrics();
    },
  };
}

function ageSeconds(at: Date | undefined): number | undefined {
  return at && Math.max(0, (Date.now() - at.getTime()) / 1000);
}
