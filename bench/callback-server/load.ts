import { parseArgs } from 'node:util';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { cpuSeconds } from '../measure/cpu-seconds.ts';
import { describeDisk } from '../measure/machine.ts';
import { median } from '../measure/quantile.ts';
import { conditionsNow, recordResult } from '../measure/record-result.ts';
import { createFlushMeter } from './flush-meter.ts';
import { sendLoad } from './send-load.ts';
import { subjects } from './subjects.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '10' },
    'flush-ms': { type: 'string', multiple: true, default: ['0', '2'] },
    only: { type: 'string', multiple: true, default: Object.keys(subjects) },
  },
});
const unknown = values.only.find((name) => !(name in subjects));
if (unknown)
  throw new Error(`Unknown server "${unknown}". Choose from: ${Object.keys(subjects).join('; ')}.`);
const warmUpSeconds = 3;
const reference = 'ours, SQLite';

type Measured = Awaited<ReturnType<typeof measure>>;

using meter = createFlushMeter();
const { machine, measuredAt } = conditionsNow();
const circumstances = `${describeDisk()}, medians of ${values.rounds} interleaved rounds of ${values.seconds} s`;
const tables: string[] = [];
for (const extraMs of values['flush-ms'].map(Number)) tables.push(await compare(extraMs));
await recordResult('callback-server-load', tables.join('\n\n'), {
  measuredAt,
  machine: `${machine}, ${circumstances}`,
});

/** Measures all servers in turn. Each flush takes `extraMs` longer than the disk does. */
async function compare(extraMs: number): Promise<string> {
  const title = `Each flush takes ${extraMs} ms longer than the disk does:`;
  console.log(`\n${title}`);
  // The reference of the comparison is always measured.
  const names = Object.keys(subjects).filter((name) => name === reference || values.only.includes(name));
  const measured = new Map(names.map((name) => [name, [] as Measured[]]));
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [name, loads] of measured) loads.push(await measure(name, extraMs));
  return `${title}\n\n${tableOf(measured)}`;
}

async function measure(name: string, extraMs: number) {
  const subject = await subjects[name]?.(meter.environment(extraMs));
  if (!subject) throw new Error(`Unknown server ${name}.`);
  const warmUp = await sendLoad(subject.url, warmUpSeconds);
  const before = { cpu: cpuSeconds(subject.pid), ...meter.read() };
  const load = await sendLoad(subject.url, Number(values.seconds));
  const after = { cpu: cpuSeconds(subject.pid), ...meter.read() };
  await subject.stop();
  const stored = await subject.stored();
  await subject.remove();

  const acknowledged = warmUp.acknowledged + load.acknowledged;
  if (load.failed > 0) throw new Error(`${name}: ${load.failed} callbacks failed.`);
  if (stored !== undefined && stored < acknowledged)
    throw new Error(`${name} acknowledged ${acknowledged} callbacks, and stored ${stored}.`);
  const count = after.count - before.count;
  /** Milliseconds per flush, with the delay. */
  const flushMs = (after.ms - before.ms) / count;
  if (stored !== undefined && !(flushMs >= extraMs))
    throw new Error(`${name}: a flush took ${flushMs} ms, less than the delay of ${extraMs} ms.`);
  /** CPU microseconds per callback, in all threads of the server. Other processes hardly change this figure. */
  const cpu = ((after.cpu - before.cpu) * 1e6) / load.acknowledged;
  /** Flushes per callback. Many callbacks may share a flush. */
  const flushes = count / load.acknowledged;
  console.log(
    `${name}: ${load.perSecond.toFixed(0)}/s, p99 ${load.p99} ms, ${cpu.toFixed(0)} µs of CPU and ${flushes.toFixed(3)} flushes each`,
  );
  return { ...load, cpu, flushes, flushMs };
}

function tableOf(measured: ReadonlyMap<string, readonly Measured[]>): string {
  const medianOf = (loads: readonly Measured[], figure: keyof Measured) =>
    median(loads.map((load) => load[figure]));
  const ownRate = medianOf(measured.get(reference) ?? [], 'perSecond');
  const rows = Array.from(measured, ([name, loads]) => {
    const perSecond = medianOf(loads, 'perSecond');
    const flushMs = medianOf(loads, 'flushMs');
    return [
      name,
      perSecond.toFixed(0),
      (ownRate / perSecond).toFixed(2),
      String(medianOf(loads, 'p50')),
      String(medianOf(loads, 'p99')),
      medianOf(loads, 'cpu').toFixed(0),
      medianOf(loads, 'flushes').toFixed(2),
      Number.isNaN(flushMs) ? '–' : flushMs.toFixed(2),
    ];
  });
  const head = ['server', 'callbacks/s', 'times slower than ours', 'p50 ms', 'p99 ms'];
  return markdownTable([...head, 'CPU µs each', 'flushes each', 'ms a flush'], rows);
}
