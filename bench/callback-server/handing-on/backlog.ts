import { parseArgs } from 'node:util';
import { markdownTable } from '../../../internal/testing/src/markdown-table.ts';
import type { Engine } from '../../../proofs/callback-server/databases/database.ts';
import { describeDisk, describeMachine } from '../../measure/machine.ts';
import { sendLoad } from '../send-load.ts';
import { startMeasured } from './measured-server.ts';
import type { Tenth } from './server.ts';

const { values } = parseArgs({
  options: {
    waiting: { type: 'string', default: '0,20000,200000,1000000' },
    drain: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '20' },
    engine: { type: 'string', multiple: true, default: ['sqlite', 'postgres'] },
  },
});

console.log(`${describeMachine()}, ${describeDisk()}`);
for (const engine of values.engine as Engine[]) {
  if (values.waiting) await receiveInto(engine, values.waiting.split(',').map(Number));
  if (Number(values.drain) > 0) await drain(engine, Number(values.drain));
}

/** Receives while callbacks wait for a target that is down. */
async function receiveInto(engine: Engine, backlogs: readonly number[]): Promise<void> {
  const rows: string[][] = [];
  let first: { perSecond: number; p99: number } | undefined;
  for (const waiting of backlogs) {
    // Nothing listens there.
    const task = { forwards: { target: 'http://127.0.0.1:4099/' } };
    const server = await startMeasured(engine, task, waiting, 'target');
    await sendLoad(server.url, 3);
    const load = await sendLoad(server.url, Number(values.seconds));
    await server.finish();
    if (load.failed > 0) throw new Error(`${load.failed} callbacks were refused.`);
    first ??= load;
    const { perSecond, p99 } = load;
    const ratios = [perSecond / first.perSecond, p99 / first.p99].map((ratio) => ratio.toFixed(2));
    rows.push([`${waiting}`, perSecond.toFixed(0), `${p99}`, ...ratios]);
    console.log(`${engine}: ${rows.at(-1)?.join(' | ')}`);
  }
  const head = ['waiting', 'received/s', 'p99 ms', 'of the first', 'p99, times the first'];
  console.log(`\n${engine}, the target is down\n${markdownTable(head, rows)}\n`);
}

/** Hands on a backlog to a handler that does no work. */
async function drain(engine: Engine, waiting: number): Promise<void> {
  const server = await startMeasured(engine, { handles: true, expected: waiting }, waiting);
  const tenths: Tenth[] = JSON.parse(await server.waitForOutput(/drained (.*)/));
  await server.finish();
  const rates = tenths
    .slice(1)
    .map(({ at }, index) => (waiting / 10 / (at - (tenths[index]?.at ?? 0))) * 1000);
  const [first = 0, last = 0] = [rates[0], rates.at(-1)];
  // The first tenth is the warm-up.
  const sizes = tenths.slice(1).map(({ megabytes }) => megabytes);
  const growth = (sizes.at(-1) ?? 0) - (sizes[0] ?? 0);
  console.log(
    `${engine}: drained ${waiting}, the first tenth at ${first.toFixed(0)}/s, the last at ${last.toFixed(0)}/s (${(last / first).toFixed(2)}), RSS grew by ${growth.toFixed(0)} MB (${sizes.map((size) => size.toFixed(0)).join(' ')})`,
  );
}
