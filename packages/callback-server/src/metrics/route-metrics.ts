import type { ClaimedDelivery, Settlement } from '../callback/delivery.ts';
import type { CircuitState } from '../dispatch/create-circuit.ts';
import type { RouteStats } from '../store/engine/records.ts';
import { failureKind, failureKinds } from './failure-kind.ts';
import type { MetricFactory } from './metric-factory.ts';

const attemptBuckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const latencyBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 60, 300, 3600, 86_400];
const circuitValues: Readonly<Record<CircuitState, number>> = { closed: 0, 'half-open': 1, open: 2 };

/** What is measured of a route when the metrics are rendered. */
export interface RouteReading extends RouteStats {
  readonly route: string;
  /** Missing for a route that this server does not deliver to. */
  readonly circuit?: CircuitState;
  /** Number of open deliveries; missing before the first count. */
  readonly open?: number;
}

/** Metrics of deliveries, each with the label `route`. */
export function createRouteMetrics({ counter, gauge, histogram }: MetricFactory) {
  const attempts = counter('attempts_total', 'Ended attempts at deliveries.', 'route', 'outcome');
  const failures = counter('failures_total', 'Failed attempts at deliveries.', 'route', 'cause');
  const attemptSeconds = histogram('attempt_seconds', 'Seconds of one attempt.', attemptBuckets, 'route');
  const takenSeconds = histogram('taken_seconds', 'Seconds from receipt to taken.', latencyBuckets, 'route');
  const oldest = gauge(
    'oldest_undelivered_seconds',
    'Age of the oldest callback with an open delivery.',
    'route',
  );
  const open = gauge('open_deliveries', 'Deliveries that are not taken or given up yet.', 'route');
  const blocked = gauge('blocked_merchants', 'Merchants whose callbacks wait behind a failed one.', 'route');
  const dead = gauge('dead_letters', 'Deliveries that were given up.', 'route');
  const circuit = gauge('circuit', 'State of the circuit: 0 closed, 1 half-open, 2 open.', 'route');
  const gauges = [oldest, open, blocked, dead, circuit];

  return {
    attemptEnded: (
      { route, receivedAt }: ClaimedDelivery,
      settlement: Settlement,
      seconds: number | undefined,
    ) => {
      attempts.inc({ route, outcome: outcomes[settlement.state] });
      if (settlement.state === 'due' || settlement.state === 'dead')
        failures.inc({ route, cause: failureKind(settlement.outcome) });
      if (seconds !== undefined) attemptSeconds.observe({ route }, seconds);
      if (settlement.state === 'taken') takenSeconds.observe({ route }, ageSeconds(receivedAt));
    },
    read: (readings: readonly RouteReading[]) => {
      for (const each of gauges) each.reset();
      for (const { route, ...reading } of readings) {
        const { oldestUndeliveredAt } = reading;
        oldest.set({ route }, oldestUndeliveredAt ? ageSeconds(oldestUndeliveredAt) : 0);
        blocked.set({ route }, reading.blockedMerchants);
        dead.set({ route }, reading.deadLetters);
        if (reading.open !== undefined) open.set({ route }, reading.open);
        if (!reading.circuit) continue;
        circuit.set({ route }, circuitValues[reading.circuit]);
        // Prometheus sees no increase in a series that begins above 0.
        for (const outcome of Object.values(outcomes)) attempts.inc({ route, outcome }, 0);
        for (const cause of failureKinds) failures.inc({ route, cause }, 0);
      }
    },
  };
}

const outcomes: Readonly<Record<Settlement['state'], string>> = {
  taken: 'taken',
  due: 'failed',
  dead: 'given_up',
  overtaken: 'overtaken',
};

export function ageSeconds(at: Date): number {
  return Math.max(0, (Date.now() - at.getTime()) / 1000);
}
