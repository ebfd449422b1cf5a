import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createFlushMeter } from './flush-meter.ts';
import { describeMachine } from './machine.ts';
import { type Load, sendLoad } from './send-load.ts';
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

interface Measured extends Load {
  /** CPU microseconds per callback, in all threads of the server. They hardly depend on what else runs. */
  readonly cpu: number;
  /** Flushes per callback. Many callbacks may share a flush. */
  readonly flushes: number;
  /** Milliseconds per flush, as the server sees them. */
  readonly flushMs: number;
}

const meter = createFlushMeter();
try {
  console.log(describeMachine());
  for (const extraMs of values['flush-ms'].map(Number)) await compare(extraMs);
} finally {
  meter.remove();
}

/** Measures all servers in turn. Each flush takes `extraMs` longer than the disk does. */
async function compare(extraMs: number): Promise<void> {
  console.log(`\nEach flush takes ${extraMs} ms longer than the disk does.`);
  // The reference of the comparison is always measured.
  const names = Object.keys(subjects).filter((name) => name === reference || values.only.includes(name));
  const measured = new Map<string, Measured[]>();
  for (let round = 0; round < Number(values.rounds); round++)
    for (const name of names)
      measured.set(name, [...(measured.get(name) ?? []), await measure(name, extraMs)]);
  report(measured);
}

async function measure(name: string, extraMs: number): Promise<Measured> {
  const subject = await subjects[name]?.(meter.environment(extraMs));
  if (!subject) throw new Error(`Unknown server ${name}.`);
  const warmUp = await sendLoad(subject.url, warmUpSeconds);
  const before = { cpu: cpuMicroseconds(subject.pid), ...meter.read() };
  const load = await sendLoad(subject.url, Number(values.seconds));
  const after = { cpu: cpuMicroseconds(subject.pid), ...meter.read() };
  await subject.stop();
  const stored = await subject.stored();
  await subject.remove();

  const acknowledged = warmUp.acknowledged + load.acknowledged;
  if (load.failed > 0) throw new Error(`${name} failed ${load.failed} times.`);
  if (stored !== undefined && stored < acknowledged)
    throw new Error(`${name} acknowledged ${acknowledged} and stored ${stored}.`);
  const count = after.count - before.count;
  const flushMs = (after.ms - before.ms) / count;
  if (stored !== undefined && !(flushMs >= extraMs))
    throw new Error(`${name} flushed ${count} times, in ${flushMs} ms: its disk was not slowed.`);
  const cpu = (after.cpu - before.cpu) / load.acknowledged;
  const flushes = count / load.acknowledged;
  console.log(
    `${name}: ${load.perSecond.toFixed(0)}/s, p99 ${load.p99} ms, ${cpu.toFixed(0)} µs of CPU and ${flushes.toFixed(3)} flushes each`,
  );
  return { ...load, cpu, flushes, flushMs };
}

function report(measured: ReadonlyMap<string, readonly Measured[]>): void {
  const median = (name: string, selectValue: (load: Measured) => number) => {
    const sorted = (measured.get(name) ?? []).map(selectValue).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  const ownRate = median(reference, ({ perSecond }) => perSecond);
  console.log(`
| server | callbacks/s | ours is × | p50 ms | p99 ms | CPU µs each | flushes each | ms a flush |
| --- | --- | --- | --- | --- | --- | --- | --- |`);
  for (const name of measured.keys()) {
    const perSecond = median(name, (load) => load.perSecond);
    const flushMs = median(name, (load) => load.flushMs);
    const cells = [
      name,
      perSecond.toFixed(0),
      (ownRate / perSecond).toFixed(2),
      median(name, (load) => load.p50),
      median(name, (load) => load.p99),
      median(name, (load) => load.cpu).toFixed(0),
      median(name, (load) => load.flushes).toFixed(2),
      Number.isNaN(flushMs) ? '–' : flushMs.toFixed(2),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** Returns user and system time, which the kernel counts in hundredths of a second. */
function cpuMicroseconds(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = rest.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10_000;
}
