import { parseArgs } from 'node:util';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { month } from '../../packages/callback-server/test/support/search-store.ts';
import type { Engine } from '../../proofs/callback-server/databases/database.ts';
import { openDatabases } from '../../proofs/callback-server/databases/open-databases.ts';
import { startServer, token } from '../../proofs/callback-server/server/server-process.ts';
import { describeDisk } from '../measure/machine.ts';
import { quantile } from '../measure/quantile.ts';
import { conditionsNow, recordResult } from '../measure/record-result.ts';
import { fillSearch } from './fill-search.ts';

const { values } = parseArgs({
  options: {
    callbacks: { type: 'string', default: '1000000' },
    requests: { type: 'string', default: '200' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
});
const [count, requests] = [Number(values.callbacks), Number(values.requests)];

const day = 86_400_000;
const textOf = (ms: number) => new Date(ms).toISOString();
const aDay = `receivedFrom=${textOf(month.start + 3 * day)}&receivedUntil=${textOf(month.start + 4 * day)}`;
const aWeek = `receivedFrom=${textOf(month.start + 3 * day)}&receivedUntil=${textOf(month.start + 10 * day)}`;
const searchedCase = 'EXAMPLE-SEARCHED';

/** The limits of a list and of a search, in milliseconds. */
const limits = { list: 100, search: 300 };

/** Each request with its limit. `{n}` is another number each time. */
const lists: readonly (readonly [string, keyof typeof limits])[] = [
  ['', 'list'],
  ['merchantId=merchant-{n}', 'search'],
  [`signzyAppId=${searchedCase}`, 'search'],
  ['event=accept', 'search'],
  ['event=dropoff', 'search'],
  ['verdict=valid', 'search'],
  ['verdict=invalid', 'search'],
  ['event=pending&verdict=valid', 'search'],
  ['event=reject&verdict=drift', 'search'],
  ['confirmation=confirmed', 'search'],
  ['confirmation=quarantined', 'search'],
  ['confirmation=unconfirmed', 'search'],
  [aDay, 'search'],
  [aWeek, 'search'],
  [`receivedUntil=${textOf(month.start + day)}`, 'search'],
  [`receivedFrom=${textOf(month.end - day / 24)}`, 'search'],
  [`confirmation=confirmed&${aDay}`, 'search'],
  [`confirmation=quarantined&${aDay}`, 'search'],
  [`event=reject&${aDay}`, 'search'],
  ['state=open&route=handler', 'search'],
  ['state=dead&route=mail', 'search'],
  ['state=dead', 'search'],
  ['state=overtaken&route=handler', 'search'],
  ['state=missing&route=another', 'search'],
  [`state=overtaken&route=handler&${aDay}`, 'search'],
  [`state=dead&${aDay}`, 'search'],
];

const { machine, measuredAt } = conditionsNow();
const rows: string[][] = [];
for (const engine of values.engine as Engine[]) rows.push(...(await measureEngine(engine)));
const head = ['engine', 'request', 'shown', 'p50 ms', 'p95 ms', 'limit of p95'];
await recordResult('callback-server-search', markdownTable(head, rows), {
  measuredAt,
  machine: `${machine}, ${describeDisk()}, ${count} stored callbacks, ${requests} requests each`,
});
const tooSlow = rows.filter(([, , , , p95, limit]) => Number(p95) > Number(limit));
if (tooSlow.length > 0) throw new Error(`${tooSlow.length} requests exceed their limit.`);

async function measureEngine(engine: Engine): Promise<string[][]> {
  const databases = await openDatabases(engine);
  const database = await databases.create();
  const server = await fillSearch(databases, database, count).then(() => startServer(database.url));
  try {
    await postCase(server.url);
    const measured: string[][] = [];
    for (const [query, kind] of lists) {
      const [shown, p50, p95] = await measure(`${server.adminUrl}/callbacks?limit=50&${query}`);
      measured.push([engine, query || 'the newest', `${shown}`, p50, p95, `${limits[kind]}`]);
      console.log(measured.at(-1)?.join(' | '));
    }
    return measured;
  } finally {
    await server.signal('SIGTERM');
    await database.remove();
    await databases.remove();
  }
}

/** The receiver hashes the reference of a case. */
async function postCase(url: string): Promise<void> {
  const merchantData = { id: 'searched', status: 'pending', signzyAppId: searchedCase };
  const response = await fetch(`${url}/callbacks/${token}/pending`, {
    method: 'POST',
    body: JSON.stringify({ merchantData }),
    headers: { 'content-type': 'application/json' },
  });
  if (!response.ok) throw new Error(`A callback got status ${response.status}.`);
}

async function measure(url: string): Promise<[number, string, string]> {
  const times: number[] = [];
  let shown = 0;
  for (let number = 0; number < requests + 5; number++) {
    const merchant = Math.floor(((number * 7919) % count) / 3);
    const startedAt = performance.now();
    const response = await fetch(url.replace('{n}', `${merchant}`));
    const text = await response.text();
    // The first requests prepare statements.
    if (number >= 5) times.push(performance.now() - startedAt);
    if (!response.ok) throw new Error(`${url} got status ${response.status}: ${text}`);
    shown = JSON.parse(text).length;
  }
  return [shown, quantile(times, 0.5).toFixed(1), quantile(times, 0.95).toFixed(1)];
}
