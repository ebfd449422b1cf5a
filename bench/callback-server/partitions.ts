import { parseArgs } from 'node:util';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { createCallbackServer } from '../../packages/callback-server/dist/index.js';
import { migrationFiles } from '../../packages/callback-server/src/store/engine/migration-files.ts';
import { type OpenedStore, openStore } from '../../packages/callback-server/src/store/open-store.ts';
import { migratePostgres } from '../../packages/callback-server/src/store/postgres/migrate-postgres.ts';
import { openDatabases } from '../../proofs/callback-server/databases/open-databases.ts';
import { exampleCallback, merchantId } from '../../proofs/callback-server/load/example-callback.ts';
import { token } from '../../proofs/callback-server/server/server-process.ts';
import { median } from '../measure/quantile.ts';
import { recordResult } from '../measure/record-result.ts';

const { values } = parseArgs({
  options: {
    callbacks: { type: 'string', default: '10000000' },
    partitions: { type: 'string', default: '14' },
    purged: { type: 'string', default: '50000' },
  },
});
const [count, partitions, purged] = [
  Number(values.callbacks),
  Number(values.partitions),
  Number(values.purged),
];
const day = 86_400_000;
/** The times of receipt of the first and the last callback. */
const [first, last] = [Date.now() - 400 * day, Date.now()];

const databases = await openDatabases('postgres');
const { url } = await databases.create();
const query = async (text: string) => (await databases.cluster?.query(url, text)) ?? [];
try {
  await fillFormerVersion();
  const migrationSeconds = await secondsOf(() => migratePostgres(url));
  console.log(`Migrated in ${migrationSeconds.toFixed(0)} s.`);
  await query('VACUUM ANALYZE');
  const store = await openStore(url, { onFatal: fail });
  const one = await measureUse(store);
  const rows = await measurePurge(store, purged);
  console.log(one, rows);
  const begin = { seconds: 0, longest: 0 };
  for (let number = 1; number < partitions; number++) {
    const { seconds, longest } = await whileReceiving(() => store.maintenance.beginPartition('a benchmark'));
    begin.seconds = Math.max(begin.seconds, seconds);
    begin.longest = Math.max(begin.longest, longest);
  }
  const many = await measureUse(store);
  const drop = await measurePurge(store, 1);
  console.log(many, begin, drop);
  await store.close();
  const milliseconds = (of: typeof one) => [of.list, of.merchant, of.claim].map((ms) => ms.toFixed(1));
  const purge = ({ perSecond, longest, logBytes }: typeof rows) =>
    [perSecond, longest, logBytes].map((figure) => figure.toFixed(0));
  await recordResult(
    'callback-server-partitions',
    [
      `${count} callbacks in the schema of the former version, with bodies of 2 bytes. The migration took ${migrationSeconds.toFixed(0)} s. A partition began in ${begin.seconds.toFixed(2)} s at most, and the receiver meanwhile responded in ${begin.longest.toFixed(0)} ms at most.`,
      markdownTable(
        ['partitions', 'list of 100, ms', 'list of a merchant, ms', 'claim and end of 64 deliveries, ms'],
        [
          ['1', ...milliseconds(one)],
          [`${partitions}`, ...milliseconds(many)],
        ],
      ),
      markdownTable(
        ['purge of', 'callbacks/s', 'longest response of the receiver, ms', 'bytes of log each'],
        [
          [`${rows.dropped}, one by one`, ...purge(rows)],
          [`${drop.dropped}, a partition`, ...purge(drop)],
        ],
      ),
    ].join('\n\n'),
  );
} finally {
  await databases.remove();
}

/** Creates the schema before partitions existed, and stores callbacks that a handler has taken. */
async function fillFormerVersion(): Promise<void> {
  const migrations = migrationFiles('postgres');
  const version = migrations.findIndex((text) => text.includes('ATTACH PARTITION'));
  for (const text of migrations.slice(0, version)) await query(text);
  await query(`CREATE TABLE schema_version AS SELECT ${version} AS version`);
  // Without indexes, the rows are stored much faster.
  const indexes = await query(
    `SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('callbacks', 'deliveries') AND indexdef NOT LIKE '%UNIQUE%'`,
  );
  for (const { indexname } of indexes) await query(`DROP INDEX ${indexname}`);
  const ms = `(${first} + n::float8 * ${(last - first) / count})::bigint`;
  const hex = `lpad(to_hex(${ms}), 12, '0')`;
  await query(
    `INSERT INTO callbacks (
      sequence, id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, details, masked, case_reference)
    SELECT n, ${hex} || lpad(to_hex(n), 20, '0'), decode(${hex}, 'hex') || sha256(n::text::bytea), 'accept',
      'merchant-' || n / 3, 'valid', to_timestamp(${ms} / 1000.0), 2, sha256(n::text::bytea), '{"violations":[]}', '{}',
      decode(md5((n / 3)::text), 'hex')
    FROM generate_series(1, ${count}) AS n`,
  );
  console.log('Stored callbacks.');
  await query(
    `INSERT INTO receipts (id, callback_sequence, received_at, body_hash, body_bytes)
    SELECT id, sequence, received_at, body_hash, body_bytes FROM callbacks;
    INSERT INTO deliveries (callback_sequence, route, order_key, state)
    SELECT sequence, 'handler', merchant, 'taken' FROM callbacks;
    INSERT INTO attempts (callback_sequence, route, number, started_at, ended_at, outcome)
    SELECT sequence, 'handler', 1, received_at, received_at, 'taken' FROM callbacks;
    SELECT setval('callback_sequence', ${count})`,
  );
  for (const { indexdef } of indexes) await query(`${indexdef}`);
  await query('VACUUM ANALYZE');
  console.log(`Stored ${count} callbacks.`);
}

/** Returns the median milliseconds of a list, of a merchant's list, and of a claim with the end of its attempts. */
async function measureUse(store: OpenedStore) {
  const list = await timesOf(50, () => store.list({ limit: 100 }));
  const merchant = await timesOf(50, (number) => store.list({ merchantId: `merchant-${number * 997}` }));
  const rounds = 50;
  await whileReceiving(async () => {}, 64 * rounds, true);
  const claim = await timesOf(rounds, async () => {
    const { claims } = await store.claim('handler', { fresh: 64, retries: 0 });
    await store.settle(
      'handler',
      claims.map((each) => ({ claim: each, settlement: { state: 'taken' } })),
    );
  });
  return { list: median(list), merchant: median(merchant), claim: median(claim) };
}

/** Drops at least `enough` callbacks, while a server receives. A partition is dropped as a whole. */
async function measurePurge(store: OpenedStore, enough: number) {
  const log = async () => Number((await query(`SELECT pg_current_wal_lsn() - '0/0' AS bytes`))[0]?.['bytes']);
  const before = await log();
  let dropped = 0;
  const { seconds, longest } = await whileReceiving(async () => {
    for await (const changed of store.maintenance.dropCallbacks(new Date(Date.now() + day), () => {})) {
      dropped += changed;
      if (dropped >= enough) break;
    }
  });
  return { dropped, perSecond: dropped / seconds, longest, logBytes: ((await log()) - before) / dropped };
}

/** Receives callbacks, one after the other, until `run` has ended. Returns the longest response time in milliseconds. */
async function whileReceiving(run: () => Promise<unknown>, atLeast = 1, isDelivered = false) {
  const server = await createCallbackServer({ databaseUrl: url, callbackTokens: [token] });
  // The deliveries wait, because this server does not dispatch.
  if (isDelivered) server.on('accept', () => {});
  let isRunning = true;
  let longest = 0;
  const send = async () => {
    for (let number = 0; isRunning || number < atLeast; number++) {
      const body = exampleCallback(merchantId(number), Date.now());
      const startedAt = performance.now();
      const headers = { 'content-type': 'application/json' };
      const response = await server.app.request(`/callbacks/${token}/accept`, {
        method: 'POST',
        body,
        headers,
      });
      if (response.status !== 200) throw new Error(`A callback got status ${response.status}.`);
      // The first callback opens a connection.
      if (number > 0) longest = Math.max(longest, performance.now() - startedAt);
    }
  };
  const sending = send();
  const seconds = await secondsOf(run).finally(() => {
    isRunning = false;
  });
  await sending;
  await server.stop();
  return { seconds, longest };
}

async function timesOf(times: number, run: (number: number) => Promise<unknown>): Promise<number[]> {
  const measured: number[] = [];
  for (let number = 0; number < times; number++) measured.push((await secondsOf(() => run(number))) * 1000);
  return measured;
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
}

function fail(error: unknown): void {
  throw error;
}
