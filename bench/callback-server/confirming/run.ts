import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { markdownTable } from '../../../internal/testing/src/markdown-table.ts';
import type { Engine } from '../../../proofs/callback-server/databases/database.ts';
import { openDatabases } from '../../../proofs/callback-server/databases/open-databases.ts';
import { startServer } from '../../../proofs/callback-server/server/server-process.ts';
import { cpuSeconds } from '../../measure/cpu-seconds.ts';
import { describeDisk } from '../../measure/machine.ts';
import { median } from '../../measure/quantile.ts';
import { conditionsNow, recordResult } from '../../measure/record-result.ts';
import { startServerProcess } from '../../measure/server-process.ts';
import { fillBacklog } from '../handing-on/fill-backlog.ts';
import { sendLoad } from '../send-load.ts';
import type { ProviderMode } from './provider.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '300' },
    waiting: { type: 'string', default: '100000' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
});

interface Case {
  readonly name: string;
  /** Missing if nothing is confirmed. */
  readonly provider?: ProviderMode;
  /** How many callbacks wait for their confirmation at the start. */
  readonly waiting?: number;
}

/** The case without confirmations comes first, because the other cases are compared with this case. */
const cases: readonly Case[] = [
  { name: 'nothing is confirmed' },
  { name: 'the provider responds', provider: 'responds' },
  { name: 'refuses connections', provider: 'refuses' },
  { name: 'responds with 500', provider: 'fails' },
  { name: 'hangs', provider: 'hangs' },
  { name: `hangs, ${values.waiting} wait`, provider: 'hangs', waiting: Number(values.waiting) },
];

type Measured = Awaited<ReturnType<typeof measure>>;

const { machine, measuredAt } = conditionsNow();
const rows: string[][] = [];
for (const engine of values.engine as Engine[]) rows.push(...(await compare(engine)));
const head = [
  'engine',
  'the provider',
  'received/s',
  'ratio',
  'CPU µs each',
  `p99 ms at ${values.rate}/s`,
  'ratio',
];
await recordResult('callback-server-confirming', markdownTable(head, rows), {
  measuredAt,
  machine: `${machine}, ${describeDisk()}, medians of ${values.rounds} interleaved rounds of ${values.seconds} s`,
});

async function compare(engine: Engine): Promise<string[][]> {
  const measured = cases.map(() => [] as Measured[]);
  for (let round = 1; round <= Number(values.rounds); round++)
    for (const [index, each] of cases.entries()) {
      measured[index]?.push(await measure(engine, each));
      console.log(`round ${round}, ${engine}, ${each.name}: ${JSON.stringify(measured[index]?.at(-1))}`);
    }
  const medians = measured.map((rounds) => ({
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    cpu: median(rounds.map(({ cpu }) => cpu)),
    p99: median(rounds.map(({ p99 }) => p99)),
  }));
  const [base = { perSecond: Number.NaN, p99: Number.NaN }] = medians;
  return medians.map(({ perSecond, cpu, p99 }, index) => [
    engine,
    cases[index]?.name ?? '',
    perSecond.toFixed(0),
    (perSecond / base.perSecond).toFixed(2),
    cpu.toFixed(0),
    `${p99}`,
    (p99 / base.p99).toFixed(2),
  ]);
}

/** Sends callbacks at the offered rate, and then as fast as possible. Unconfirmed callbacks of the first load still wait. */
async function measure(engine: Engine, { name, provider, waiting = 0 }: Case) {
  const databases = await openDatabases(engine);
  const database = await databases.create();
  await fillBacklog(databases, database, waiting, 'confirm');
  const process = provider && (await startProvider(provider));
  const environment = process && {
    PROVIDER_URL: process.url,
    PARTNER_USERNAME: 'not-a-real-partner',
    PARTNER_PASSWORD: 'not-a-real-password',
    PULLS_PER_MINUTE: '60000',
  };
  const server = await startServer(database.url, { environment: environment ?? {} });
  const seconds = Number(values.seconds);
  const [warmUp, offered] = [
    await sendLoad(server.url, 3),
    await sendLoad(server.url, seconds, Number(values.rate)),
  ];
  const cpuBefore = cpuSeconds(server.pid);
  const fastest = await sendLoad(server.url, seconds);
  /** CPU microseconds per callback, for all work of the server. Other processes hardly change this figure. */
  const cpu = ((cpuSeconds(server.pid) - cpuBefore) * 1e6) / fastest.acknowledged;
  const open = await waitingFor(server.adminUrl);
  await server.signal('SIGKILL');
  await process?.stop();
  await database.remove();
  await databases.remove();
  const sum = (figure: 'acknowledged' | 'failed') => warmUp[figure] + offered[figure] + fastest[figure];
  if (sum('failed') > 0) throw new Error(`${name}: ${sum('failed')} callbacks were refused.`);
  const isDown = provider !== undefined && provider !== 'responds';
  if (isDown && open < waiting + sum('acknowledged'))
    throw new Error(`${name}: ${open} callbacks wait instead of ${waiting + sum('acknowledged')}.`);
  if (provider === 'responds' && open >= sum('acknowledged'))
    throw new Error(`${name}: no callback was confirmed.`);
  return { perSecond: fastest.perSecond, cpu, p99: offered.p99 };
}

/** Counts the callbacks that wait for their confirmation. */
async function waitingFor(adminUrl: string): Promise<number> {
  const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
  return Number(/open_deliveries\{route="confirm"\} (\d+)/.exec(metrics)?.[1] ?? 0);
}

/** Starts the provider. A provider that refuses connections is stopped again. */
async function startProvider(mode: ProviderMode) {
  const script = fileURLToPath(new URL('provider.ts', import.meta.url));
  const command = (port: number) => [script, `${port}`, mode] as const;
  const provider = await startServerProcess({ name: 'the provider', command });
  if (mode === 'refuses') await provider.stop();
  return provider;
}
