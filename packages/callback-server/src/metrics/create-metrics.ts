import { type Gauge, Registry } from 'prom-client';
import { targetNames } from '../notify/notification-target.ts';
import type { MerchantCounts } from '../store/engine/merchant-rows.ts';
import { createMerchantMetrics } from './merchant-metrics.ts';
import { createMetricFactory } from './metric-factory.ts';
import { createReceiverMetrics } from './receiver-metrics.ts';
import { ageSeconds, createRouteMetrics, type RouteReading } from './route-metrics.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** Counts and measures. No metric contains a person's data, an address or a secret. */
export function createMetrics() {
  const registry = new Registry();
  const create = createMetricFactory(registry);
  const { counter, gauge } = create;

  const receiver = createReceiverMetrics(create);
  const { read: readMerchants, ...merchants } = createMerchantMetrics(create);
  const routes = createRouteMetrics(create);
  const notifications = counter('notifications_total', 'Attempts at notifications.', 'target', 'outcome');
  const clockJumps = counter('clock_jump_total', 'Jumps of the wall clock by a minute or more.');
  const droppedLines = counter('log_lines_dropped_total', 'Log lines that could not be written.');
  const lastReceipt = gauge('last_receipt_age_seconds', 'Seconds since the newest callback arrived.');
  const disk = gauge('disk_free_bytes', 'Free bytes on the disk of the database.');
  // Prometheus sees no increase in a series that begins above 0.
  for (const target of targetNames)
    for (const outcome of ['sent', 'failed']) notifications.inc({ target, outcome }, 0);

  return {
    ...receiver,
    ...merchants,
    notified: (target: (typeof targetNames)[number], isSent: boolean) =>
      notifications.inc({ target, outcome: isSent ? 'sent' : 'failed' }),
    clockJumped: () => clockJumps.inc(),
    attemptEnded: routes.attemptEnded,
    /** Renders all metrics in Prometheus text format. */
    render: ({ lastReceivedAt, freeBytes, droppedLogLines, ...reading }: MetricsReading) => {
      routes.read(reading.routes);
      readMerchants(reading.merchants);
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
