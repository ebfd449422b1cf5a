/** A graph of the dashboard. */
export interface Panel {
  readonly title: string;
  /** What a reader learns from the graph. */
  readonly description: string;
  /** A unit of Grafana: `s` for seconds, `reqps` for requests per second. */
  readonly unit: 's' | 'reqps' | 'short' | 'bytes';
  /** Queries of Prometheus, with the legend of their lines. */
  readonly queries: readonly (readonly [expression: string, legend: string])[];
}

/** The graphs in their rows. A test compares the metrics that they read with the metrics of a running server. */
export const rows: Readonly<Record<string, readonly Panel[]>> = {
  Receive: [
    {
      title: 'Stored callbacks',
      description: 'By verdict. Invalid and unparsable callbacks are stored, and not delivered.',
      unit: 'reqps',
      queries: [
        ['sum by (verdict) (rate(callback_server_receipts_total[$__rate_interval]))', '{{verdict}}'],
        ['sum(rate(callback_server_repeats_total[$__rate_interval]))', 'repeats'],
      ],
    },
    {
      title: 'Refused callbacks',
      description:
        'store, busy and disk-full are our own faults: the provider may never send these callbacks again.',
      unit: 'reqps',
      queries: [
        ['sum by (reason) (rate(callback_server_refusals_total[$__rate_interval])) > 0', '{{reason}}'],
      ],
    },
    {
      title: 'Time to the 200',
      description: 'From a request to its response. The commit is included.',
      unit: 's',
      queries: [
        [quantile(0.5, 'callback_server_ack_seconds'), 'median'],
        [quantile(0.99, 'callback_server_ack_seconds'), '99th percentile'],
        [quantile(0.99, 'callback_server_fsync_seconds'), 'commit, 99th percentile'],
      ],
    },
    {
      title: 'Callbacks per commit',
      description: 'Callbacks that wait share a commit. 128 is the maximum.',
      unit: 'short',
      queries: [[quantile(0.5, 'callback_server_commit_batch_rows'), 'median']],
    },
    {
      title: 'Time since the newest callback',
      description: 'A long time without a callback can mean that the provider cannot reach the server.',
      unit: 's',
      queries: [['min(callback_server_last_receipt_age_seconds)', 'age']],
    },
    {
      title: 'Differences from the contract',
      description: 'A new kind may mean that the provider has changed its callbacks.',
      unit: 'reqps',
      queries: [['sum by (kind) (rate(callback_server_drift_total[$__rate_interval]))', '{{kind}}']],
    },
  ],
  Confirm: [
    {
      title: 'Ended confirmations',
      description: 'Quarantined: no pull agrees with the callback, so it is forged or stale.',
      unit: 'reqps',
      queries: [
        ['sum by (state) (rate(callback_server_confirmations_total[$__rate_interval]))', '{{state}}'],
      ],
    },
    {
      title: 'Pulls',
      description: 'Requests for a merchant. Not found: the ids of the callback lead to no merchant.',
      unit: 'reqps',
      queries: [['sum by (outcome) (rate(callback_server_pulls_total[$__rate_interval]))', '{{outcome}}']],
    },
  ],
  Reconcile: [
    {
      title: 'Merchants',
      description:
        'Overdue: the check that would find a lost callback is late. Unverifiable: checks have failed for long.',
      unit: 'short',
      queries: [['max by (state) (callback_server_merchants)', '{{state}}']],
    },
    {
      title: 'Oldest overdue pull',
      description: 'If this time grows, PULLS_PER_MINUTE is too low, or the provider does not respond.',
      unit: 's',
      queries: [['max(callback_server_oldest_overdue_seconds)', 'overdue']],
    },
    {
      title: 'Recovered callbacks',
      description: 'Callbacks that never arrived. The server made them from pulls.',
      unit: 'reqps',
      queries: [['sum by (event) (rate(callback_server_recovered_total[$__rate_interval]))', '{{event}}']],
    },
  ],
  Deliver: [
    {
      title: 'Oldest callback that waits',
      description: 'By route, whatever the cause.',
      unit: 's',
      queries: [['max by (route) (callback_server_oldest_undelivered_seconds)', '{{route}}']],
    },
    {
      title: 'Open deliveries',
      description:
        'Deliveries that are neither taken nor given up. All replicas show the same number, so the graph shows the largest.',
      unit: 'short',
      queries: [['max by (route) (callback_server_open_deliveries)', '{{route}}']],
    },
    {
      title: 'Ended attempts',
      description: 'By route and outcome.',
      unit: 'reqps',
      queries: [
        [
          'sum by (route, outcome) (rate(callback_server_attempts_total[$__rate_interval]))',
          '{{route}} {{outcome}}',
        ],
      ],
    },
    {
      title: 'Causes of failed attempts',
      description: 'By route.',
      unit: 'reqps',
      queries: [
        [
          'sum by (route, cause) (rate(callback_server_failures_total[$__rate_interval])) > 0',
          '{{route}} {{cause}}',
        ],
      ],
    },
    {
      title: 'Time to deliver',
      description: '99th percentiles: of one attempt, and from receipt to taken.',
      unit: 's',
      queries: [
        [quantile(0.99, 'callback_server_attempt_seconds', 'route'), '{{route}} attempt'],
        [quantile(0.99, 'callback_server_taken_seconds', 'route'), '{{route}} receipt to taken'],
      ],
    },
    {
      title: 'Circuits and merchants that wait',
      description:
        'Circuit: 0 closed, 1 half-open, 2 open. A delivery that was given up waits for redeliver.',
      unit: 'short',
      queries: [
        ['max by (route) (callback_server_circuit)', '{{route}} circuit'],
        ['max by (route) (callback_server_blocked_merchants)', '{{route}} blocked merchants'],
        ['max by (route) (callback_server_dead_letters)', '{{route}} given up'],
      ],
    },
    {
      title: 'Notifications',
      description: 'Attempts, by target. A failed notification is sent again.',
      unit: 'short',
      queries: [
        [
          'sum by (target, outcome) (increase(callback_server_notifications_total[$__rate_interval]))',
          '{{target}} {{outcome}}',
        ],
      ],
    },
  ],
  Machine: [
    {
      title: 'Free space on the disk of the database',
      description: 'Below DISK_RESERVE_BYTES, callbacks get 503. With PostgreSQL, the graph is empty.',
      unit: 'bytes',
      queries: [['min by (instance) (callback_server_disk_free_bytes)', '{{instance}}']],
    },
    {
      title: 'Closed connections, lost log lines, jumps of the clock',
      description: 'Each should be zero.',
      unit: 'short',
      queries: [
        [
          'sum by (connection) (increase(callback_server_connections_closed_total[$__rate_interval]))',
          'closed: {{connection}}',
        ],
        ['sum(increase(callback_server_log_lines_dropped_total[$__rate_interval]))', 'lost log lines'],
        ['sum(increase(callback_server_clock_jump_total[$__rate_interval]))', 'jumps of the clock'],
      ],
    },
  ],
};

function quantile(share: number, metric: string, ...labels: readonly string[]): string {
  const by = ['le', ...labels].join(', ');
  return `histogram_quantile(${share}, sum by (${by}) (rate(${metric}_bucket[$__rate_interval])))`;
}
