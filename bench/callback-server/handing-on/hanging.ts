import { parseArgs } from 'node:util';
import { markdownTable } from '../../../internal/testing/src/markdown-table.ts';
import type { Engine } from '../../../proofs/callback-server/databases/database.ts';
import { merchantId } from '../../../proofs/callback-server/load/example-callback.ts';
import { describeDisk } from '../../measure/machine.ts';
import { median, quantile } from '../../measure/quantile.ts';
import { conditionsNow, recordResult } from '../../measure/record-result.ts';
import { sendLoad } from '../send-load.ts';
import { type Delivered, startMeasured, startTarget } from './measured-server.ts';
import type { ServerTask } from './server.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '300' },
    concurrency: { type: 'string', default: '256' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
});
const merchants = 600;
const oneIn = 6;

const { machine, measuredAt } = conditionsNow();
const disk = describeDisk();
await using sound = await startTarget();
await using hanging = await startTarget(true);
const rows: string[][] = [];
for (const engine of values.engine as Engine[]) {
  const isSound = ({ merchant }: Delivered) => Number.parseInt(merchant, 16) % oneIn !== 0;
  await compare(`${engine}, 100 hanging merchants of 600`, isSound, [
    { handles: true },
    { handles: true, hangsForOneIn: oneIn },
  ]);
  const routes = (third: string) => ({ forwards: { one: sound.url, two: sound.url, three: third } });
  await compare(`${engine}, one hanging route of three`, ({ route }) => route !== 'three', [
    routes(sound.url),
    routes(hanging.url),
  ]);

  async function compare(
    name: string,
    isOther: (delivered: Delivered) => boolean,
    [without, with_]: readonly [Task, Task],
  ): Promise<void> {
    const pairs: (readonly [number, number])[] = [];
    for (let round = 1; round <= Number(values.rounds); round++)
      pairs.push([await p99Of(engine, without, isOther), await p99Of(engine, with_, isOther)]);
    const p99Without = median(pairs.map(([figure]) => figure));
    const p99With = median(pairs.map(([, figure]) => figure));
    rows.push([name, p99Without.toFixed(0), p99With.toFixed(0), (p99With / p99Without).toFixed(2)]);
    console.log(rows.at(-1)?.join(' | '));
  }
}
const circumstances = `medians of ${values.rounds} interleaved rounds of ${values.seconds} s, concurrency ${values.concurrency}, ${values.rate} callbacks/s`;
await recordResult(
  'callback-server-hanging',
  markdownTable(['', 'p99 ms without', 'p99 ms with', 'ratio'], rows),
  { measuredAt, machine: `${machine}, ${disk}, ${circumstances}` },
);

type Task = Omit<ServerTask, 'databaseUrl'>;

/** Returns the p99 of the milliseconds from receipt until a route has taken the callback, for the other deliveries. */
async function p99Of(
  engine: Engine,
  task: Task,
  isOther: (delivered: Delivered) => boolean,
): Promise<number> {
  const server = await startMeasured(engine, { ...task, concurrency: Number(values.concurrency) });
  // Each callback is handed on to every route.
  const perSecond = Number(values.rate) / Object.keys(task.forwards ?? { handler: 1 }).length;
  const load = await sendLoad(server.url, Number(values.seconds), perSecond, (sent) =>
    merchantId(sent % merchants),
  );
  if (load.failed > 0) throw new Error(`${load.failed} callbacks were refused.`);
  const delivered = (await server.finish()).filter(isOther);
  // The last deliveries may still be open.
  const end = Math.max(...delivered.map(({ receivedAt }) => receivedAt)) - 1000;
  const latencies = delivered
    .filter(({ receivedAt }) => receivedAt < end)
    .map(({ receivedAt, takenAt = Number.POSITIVE_INFINITY }) => takenAt - receivedAt);
  return quantile(latencies, 0.99);
}
