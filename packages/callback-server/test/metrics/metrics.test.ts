import { expect, test } from 'vitest';
import { createCached } from '../../src/metrics/create-cached.ts';
import { failureKind } from '../../src/metrics/failure-kind.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/running-server.ts';

/** Reads the metrics as Prometheus does, by name and labels. */
async function scrape(adminUrl: string): Promise<Map<string, number>> {
  const response = await fetch(`${adminUrl}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n').filter((line) => line && !line.startsWith('#'));
  for (const line of lines) expect(line).toMatch(/^callback_server_/);
  return new Map(
    lines.map((line) => [
      line.slice('callback_server_'.length, line.lastIndexOf(' ')),
      Number(line.split(' ').at(-1)),
    ]),
  );
}

test('the metrics count receipts by verdict, refusals by reason, drift by kind, and repeats', async () => {
  const { url, adminUrl, post } = await startServer();
  await post('accept', callback('accept'));
  await post('accept', callback('accept'));
  await post('accept', callback('accept', { id: 'drifting', subStatus: 'parked', isDeleted: 'no' }));
  await post(
    'reject',
    callback('reject', { id: 'drifting', flowDetails: { colour: 'red' }, status: 'accept' }),
  );
  await post('accept', 'not JSON');
  await post('accept', callback('accept', { id: undefined }));
  await post('accept', 'x', { headers: { 'content-type': 'text/plain' } });
  await fetch(`${url}/callbacks/wrong/accept`, { method: 'POST' });
  const read = await scrape(adminUrl);
  expect(
    Object.fromEntries(
      [...read].filter(([name, value]) => value > 0 && /^(receipts|repeats|refusals|drift)_total/.test(name)),
    ),
  ).toEqual({
    'receipts_total{verdict="valid"}': 2,
    'receipts_total{verdict="drift"}': 1,
    'receipts_total{verdict="unparsable"}': 1,
    'receipts_total{verdict="invalid"}': 2,
    repeats_total: 1,
    'refusals_total{reason="type"}': 1,
    'refusals_total{reason="token"}': 1,
    'drift_total{kind="new_word"}': 1,
    'drift_total{kind="changed_type"}': 1,
    'drift_total{kind="unknown_property"}': 1,
    'drift_total{kind="wrong_event"}': 1,
    'drift_total{kind="missing_property"}': 3,
  });
});

test('each response and each commit is measured once', async () => {
  const { adminUrl, post } = await startServer();
  await Promise.all(
    Array.from({ length: 30 }, (_, id) => post('accept', callback('accept', { id: `m${id}` }))),
  );
  const read = await scrape(adminUrl);
  expect(read.get('ack_seconds_count')).toBe(30);
  expect(read.get('commit_batch_rows_sum')).toBeGreaterThanOrEqual(30);
  // Without deliveries a callback costs its own row, and no search for due deliveries.
  expect(read.get('commit_batch_rows_sum')).toBeLessThan(60);
  expect(read.get('fsync_seconds_count')).toBe(read.get('commit_batch_rows_count'));
  expect(read.get('fsync_seconds_sum')).toBeGreaterThan(0);
});

test('the metrics show blocked merchants, dead deliveries, and the age of the last receipt', async () => {
  const { adminUrl, post } = await startServer({ deliveryDelaysMs: [3_600_000] }, (server) => {
    server.on('accept', () => Promise.reject(new Error('not yet')));
  });
  const before = await scrape(adminUrl);
  expect([
    before.get('oldest_undelivered_seconds{route="handler"}'),
    before.get('last_receipt_age_seconds'),
  ]).toEqual([0, undefined]);

  await post('accept', callback('accept'));
  await eventually(async () =>
    expect((await scrape(adminUrl)).get('blocked_merchants{route="handler"}')).toBe(1),
  );
  await eventually(async () =>
    expect((await scrape(adminUrl)).get('oldest_undelivered_seconds{route="handler"}')).toBeGreaterThan(0),
  );
  const after = await scrape(adminUrl);
  expect(after.get('last_receipt_age_seconds')).toBeLessThan(300);
  expect(after.get('dead_letters{route="handler"}')).toBe(0);
  expect(after.get('disk_free_bytes')).toBeGreaterThan(0);
  expect(after.get('clock_jump_total')).toBe(0);
});

test('the metrics count dead deliveries', async () => {
  const { adminUrl, post } = await startServer({ deliveryDelaysMs: [] }, (server) => {
    server.on('accept', () => Promise.reject(new Error('never')));
  });
  await post('accept', callback('accept'));
  await eventually(async () => expect((await scrape(adminUrl)).get('dead_letters{route="handler"}')).toBe(1));
});

test('the metrics measure the deliveries of each route: attempts, latency, backlog, age and circuit', async () => {
  let calls = 0;
  const { adminUrl, post } = await startServer({ deliveryDelaysMs: [1] }, (server) => {
    server.on('accept', () => {
      calls += 1;
      if (calls === 1) throw new Error('not yet');
    });
  });
  await post('accept', callback('accept'));
  await eventually(async () =>
    expect((await scrape(adminUrl)).get('attempts_total{route="handler",outcome="taken"}')).toBe(1),
  );
  const read = await scrape(adminUrl);
  expect(read.get('attempts_total{route="handler",outcome="failed"}')).toBe(1);
  expect(read.get('failures_total{route="handler",cause="error"}')).toBe(1);
  expect(read.get('attempt_seconds_count{route="handler"}')).toBe(2);
  expect(read.get('taken_seconds_count{route="handler"}')).toBe(1);
  expect(read.get('circuit{route="handler"}')).toBe(0);
  expect(read.get('open_deliveries{route="handler"}')).toBeLessThanOrEqual(1);
});

test.each([
  ['took longer than 30000 ms', 'timeout'],
  ['responded 404', 'status_4xx'],
  ['responded 302', 'status_other'],
  ['connection refused (ECONNREFUSED)', 'refused'],
  ['DNS name not found (ENOTFOUND)', 'dns'],
  ['TLS failed (CERT_HAS_EXPIRED)', 'tls'],
  ['failed with TypeError', 'error'],
  ['its body is damaged', 'body'],
  ['ended in a way that nobody knows', 'other'],
])('an attempt with the outcome "%s" counts as %s', (outcome, kind) => {
  expect(failureKind(outcome)).toBe(kind);
});

test('a metric that takes long to read is read in a tenth of the time at most', async () => {
  let [now, counted] = [0, 0];
  const count = createCached(
    async () => {
      now += 200;
      counted += 1;
      return counted;
    },
    0,
    () => now,
  );
  expect(await Promise.all([count(), count()])).toEqual([1, 1]);
  now += 1999;
  expect(await count()).toBe(1);
  now += 1;
  expect(await count()).toBe(2);
});

test('metrics hold no personal data, no merchant and no secret', async () => {
  const { adminUrl, post, server } = await startServer();
  await post(
    'accept',
    callback('accept', { id: 'canary-merchant', name: 'Canary', 'canary key': 1, subStatus: 'canary' }),
    { headers: { 'content-type': 'application/json', 'user-agent': 'Canary/1.0' } },
  );
  expect(await server.metrics()).toContain('callback_server_receipts_total{verdict="drift"} 1');
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  expect(text).not.toMatch(/canary/i);
  expect(text).not.toContain(token);
});
