import { parseArgs } from 'node:util';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { month } from '../../packages/callback-server/test/support/search-store.ts';
import type { Engine } from '../../proofs/callback-server/databases/database.ts';
import { openDatabases } from '../../proofs/callback-server/databases/open-databases.ts';
import { startServer, token } from '../../proofs/callback-server/server/server-process.ts';
import { cpuSeconds } from '../measure/cpu-seconds.ts';
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
const searchedCase = 'EXAMPLE-SEARCHED';
const times = {
  aDay: `receivedFrom=${textOf(month.start + 3 * day)}&receivedUntil=${textOf(month.start + 4 * day)}`,
  aWeek: `receivedFrom=${textOf(month.start + 3 * day)}&receivedUntil=${textOf(month.start + 10 * day)}`,
  untilLongAgo: `receivedUntil=${textOf(month.start + day)}`,
  theLastHour: `receivedFrom=${textOf(month.end - day / 24)}`,
};

/** Limits of the p95 in milliseconds: of the list without a filter, and of everything else. */
const limits = { list: 100, search: 300 };
const everything = 'everything';

/** Filters, by their names in the table. Each request replaces `{n}` with another number. */
const searches: Readonly<Record<string, string>> = {
  'a merchant': 'merchantId=merchant-{n}',
  'a case': `signzyAppId=${searchedCase}`,
  'a frequent event': 'event=accept',
  'a rare event': 'event=dropoff',
  'a frequent verdict': 'verdict=valid',
  'a rare verdict': 'verdict=invalid',
  'a frequent event and verdict': 'event=pending&verdict=valid',
  'a rare event and verdict': 'event=reject&verdict=drift',
  confirmed: 'confirmation=confirmed',
  quarantined: 'confirmation=quarantined',
  'unconfirmed, none': 'confirmation=unconfirmed',
  'a day': times.aDay,
  'a week': times.aWeek,
  'until long ago': times.untilLongAgo,
  'the last hour': times.theLastHour,
  'confirmed, a day': `confirmation=confirmed&${times.aDay}`,
  'quarantined, a day': `confirmation=quarantined&${times.aDay}`,
  'an event, a day': `event=reject&${times.aDay}`,
  'open, a route': 'state=open&route=handler',
  'dead, a route': 'state=dead&route=mail',
  'dead, any route': 'state=dead',
  'overtaken, a route': 'state=overtaken&route=handler',
  'missing, a new route': 'state=missing&route=another',
  'overtaken, a route, a day': `state=overtaken&route=handler&${times.aDay}`,
  'dead, any route, a day': `state=dead&${times.aDay}`,
};

/** Pages of the inbox beside its lists. Each request replaces `{id}` with the id of another callback. */
const pages: Readonly<Record<string, string>> = {
  'the overview': '',
  'a callback': '/callbacks/{id}',
  'a callback of a filtered list': '/callbacks/{id}?event=accept&verdict=valid',
  'the routes': '/routes',
  'the merchants': '/merchants',
  'the drift': '/drift',
  'the audit': '/audit',
};

const { machine, measuredAt } = conditionsNow();
const rows: string[][] = [];
for (const engine of values.engine as Engine[]) rows.push(...(await measureEngine(engine)));
const head = ['engine', 'from', 'list or page', 'shown', 'CPU ms', 'p50 ms', 'p95 ms', 'limit of p95'];
await recordResult('callback-server-search', markdownTable(head, rows), {
  measuredAt,
  machine: `${machine}, ${describeDisk()}, ${count} stored callbacks, ${requests} requests each`,
});
const tooSlow = rows.filter(([, , , , , , p95, limit]) => Number(p95) > Number(limit));
if (tooSlow.length > 0) throw new Error(`The p95 of ${tooSlow.length} lists or pages exceeds the limit.`);

async function measureEngine(engine: Engine): Promise<string[][]> {
  const databases = await openDatabases(engine);
  const database = await databases.create();
  const server = await fillSearch(databases, database, count).then(() => startServer(database.url));
  try {
    await postCase(server.url);
    const measured: string[][] = [];
    const lists = [[everything, ''] as const, ...Object.entries(searches)];
    const inbox = `${server.adminUrl}/inbox`;
    const asked = [
      ...lists.map(([name, query]) => ['admin API', name, `${server.adminUrl}/callbacks?limit=50&${query}`]),
      ...lists.map(([name, query]) => ['inbox', name, `${inbox}/callbacks?${query}`]),
      ...Object.entries(pages).map(([name, path]) => ['inbox', name, `${inbox}${path}`]),
    ];
    const ids = await someIds(server.adminUrl);
    for (const [from = '', name = '', url = ''] of asked) {
      const cells = await measure(url, server.pid, ids);
      measured.push([engine, from, name, ...cells, `${name === everything ? limits.list : limits.search}`]);
      console.log(measured.at(-1)?.join(' | '));
    }
    return measured;
  } finally {
    await server.signal('SIGTERM');
    await database.remove();
    await databases.remove();
  }
}

/** Posts a callback of the searched case, because the receiver hashes the reference of a case. */
async function postCase(url: string): Promise<void> {
  const merchantData = { id: 'searched', status: 'pending', signzyAppId: searchedCase };
  const response = await fetch(`${url}/callbacks/${token}/pending`, {
    method: 'POST',
    body: JSON.stringify({ merchantData }),
    headers: { 'content-type': 'application/json' },
  });
  if (!response.ok) throw new Error(`A callback got status ${response.status}.`);
}

/** Returns the ids of 200 callbacks of one week. */
async function someIds(adminUrl: string): Promise<string[]> {
  const response = await fetch(`${adminUrl}/callbacks?limit=200&${times.aWeek}`);
  const callbacks: { readonly id: string }[] = await response.json();
  return callbacks.map(({ id }) => id);
}

/** Returns the number of shown callbacks, the server's CPU milliseconds per request, and the quantiles of the time. */
async function measure(url: string, pid: number, ids: readonly string[]): Promise<string[]> {
  const ask = async (number: number) => {
    const merchant = Math.floor(((number * 7919) % count) / 3);
    const startedAt = performance.now();
    const response = await fetch(
      url.replace('{n}', `${merchant}`).replace('{id}', ids[number % ids.length] ?? ''),
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${url} got status ${response.status}: ${text}`);
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    const ms = performance.now() - startedAt;
    return { ms, shown: isPage ? text.split('<tr data-row').length - 1 : JSON.parse(text).length };
  };
  // The first requests prepare statements.
  for (let number = 0; number < 5; number++) await ask(number);
  const before = cpuSeconds(pid);
  const responses: Awaited<ReturnType<typeof ask>>[] = [];
  for (let number = 5; number < requests + 5; number++) responses.push(await ask(number));
  const cpuMs = ((cpuSeconds(pid) - before) * 1000) / requests;
  const ms = responses.map((each) => each.ms);
  const cells = [cpuMs, quantile(ms, 0.5), quantile(ms, 0.95)].map((each) => each.toFixed(1));
  return [`${responses.at(-1)?.shown}`, ...cells];
}
