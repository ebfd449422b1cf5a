import { parseArgs } from 'node:util';
import { markdownTable } from '../../../internal/testing/src/markdown-table.ts';
import type { Engine } from '../../../proofs/callback-server/databases/database.ts';
import { describeDisk } from '../../measure/machine.ts';
import { quantile } from '../../measure/quantile.ts';
import { conditionsNow, recordResult } from '../../measure/record-result.ts';
import { sendLoad } from '../send-load.ts';
import { type Delivered, startMeasured, startTarget } from './measured-server.ts';
import type { ServerTask } from './server.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
    way: { type: 'string', multiple: true, default: ['handler', 'forward'] },
    shares: { type: 'string', default: '0.25,0.35,0.5,0.6,1' },
  },
});
const seconds = Number(values.seconds);
const shares = values.shares.split(',').map(Number);

const { machine, measuredAt } = conditionsNow();
const disk = describeDisk();
const tables: string[] = [];
await using target = await startTarget();
const tasks: Readonly<Record<string, Omit<ServerTask, 'databaseUrl'>>> = {
  handler: { handles: true },
  forward: { forwards: { target: target.url } },
};
for (const engine of values.engine as Engine[])
  for (const way of values.way) tables.push(await sweep(engine, way, tasks[way] ?? {}));
await recordResult('callback-server-sweep', tables.join('\n\n'), {
  measuredAt,
  machine: `${machine}, ${disk}`,
});

/** Offers each load in turn, and reports how many callbacks per second the server receives and hands on meanwhile. */
async function sweep(engine: Engine, way: string, task: Omit<ServerTask, 'databaseUrl'>): Promise<string> {
  const alone = await offer(engine, {}, undefined);
  const rows = [];
  for (const share of shares) {
    const offered = share >= 1 ? undefined : Math.floor(alone.received * share);
    const { received, handedOn, growth, p99 } = await offer(engine, task, offered);
    const ratio = handedOn / alone.received;
    rows.push([
      `${offered ?? 'as fast as possible'}`,
      received.toFixed(0),
      handedOn.toFixed(0),
      ratio.toFixed(2),
      growth.toFixed(0),
      p99.toFixed(0),
    ]);
    console.log(`${engine}, ${way}: ${rows.at(-1)?.join(' | ')}`);
  }
  const title = `${engine}, ${way}: received alone ${alone.received.toFixed(0)}/s, ${seconds} s each:`;
  const head = [
    'offered/s',
    'received/s',
    'handed on/s',
    'of received alone',
    'backlog growth/s',
    'p99 ms to taken',
  ];
  return `${title}\n\n${markdownTable(head, rows)}`;
}

/** Offers callbacks for some seconds. Without a rate, offers as many as the server takes. */
async function offer(engine: Engine, task: Omit<ServerTask, 'databaseUrl'>, perSecond: number | undefined) {
  const server = await startMeasured(engine, task);
  await sendLoad(server.url, 3, perSecond);
  const from = Date.now();
  const load = await sendLoad(server.url, seconds, perSecond);
  const to = Date.now();
  const delivered = await server.finish();
  if (load.failed > 0) throw new Error(`${load.failed} callbacks were refused.`);
  const middle = (from + to) / 2;
  const latencies = delivered
    .filter(({ receivedAt, takenAt }) => receivedAt >= from && takenAt !== undefined)
    .map(({ receivedAt, takenAt = receivedAt }) => takenAt - receivedAt);
  return {
    received: load.perSecond,
    handedOn: count(delivered, ({ takenAt = 0 }) => takenAt >= from && takenAt < to) / ((to - from) / 1000),
    /** Growth of the backlog in the second half of the time, in callbacks per second. */
    growth: (backlogAt(delivered, to) - backlogAt(delivered, middle)) / ((to - middle) / 1000),
    p99: quantile(latencies, 0.99),
  };
}

function backlogAt(delivered: readonly Delivered[], time: number): number {
  return count(delivered, ({ receivedAt, takenAt = Infinity }) => receivedAt <= time && takenAt > time);
}

function count<Item>(items: readonly Item[], matches: (item: Item) => boolean): number {
  return items.filter(matches).length;
}
