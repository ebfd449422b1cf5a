import { parseArgs } from 'node:util';
import { markdownTable } from '../../../internal/testing/src/markdown-table.ts';
import type { Engine } from '../../../proofs/callback-server/databases/database.ts';
import { describeDisk } from '../../measure/machine.ts';
import { conditionsNow, recordResult } from '../../measure/record-result.ts';
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

const { machine, measuredAt } = conditionsNow();
const disk = describeDisk();
const parts: string[] = [];
for (const engine of values.engine as Engine[]) {
  if (values.waiting) parts.push(await receiveInto(engine, values.waiting.split(',').map(Number)));
  if (Number(values.drain) > 0) parts.push(await drain(engine, Number(values.drain)));
}
await recordResult('callback-server-backlog', parts.join('\n\n'), {
  measuredAt,
  machine: `${machine}, ${disk}`,
});

/** Receives while callbacks wait for a target that is down. */
async function receiveInto(engine: Engine, backlogs: readonly number[]): Promise<string> {
  const rows: string[][] = [];
  let first: { perSecond: number; p99: number } | undefined;
  for (const waiting of backlogs) {
    // Nothing listens on this port.
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
  return `${engine}, the target is down:\n\n${markdownTable(head, rows)}`;
}

/** Hands on a backlog to a handler that does no work. */
async function drain(engine: Engine, waiting: number): Promise<string> {
  const server = await startMeasured(engine, { handles: true, expected: waiting }, waiting);
  const tenths: Tenth[] = JSON.parse(await server.waitForOutput(/drained (.*)/));
  await server.finish();
  const rates = tenths
    .slice(1)
    .map(({ at }, index) => (waiting / 10 / (at - (tenths[index]?.at ?? 0))) * 1000);
  const [first = 0, last = 0] = [rates[0], rates.at(-1)];
  // The memory of the first tenth is the start of the comparison, because the first tenth is the warm-up.
  const sizes = tenths.slice(1).map(({ megabytes }) => megabytes);
  const growth = (sizes.at(-1) ?? 0) - (sizes[0] ?? 0);
  const cells = [waiting, first, last, growth].map((figure) => figure.toFixed(0));
  const head = ['drained', 'first tenth/s', 'last tenth/s', 'RSS growth MB'];
  return `${engine}, draining:\n\n${markdownTable(head, [cells])}`;
}
