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
if (unknown) throw new Error(`There is no "${unknown}". There are: ${Object.keys(subjects).join('; ')}.`);
const warmUpSeconds = 3;
const first = 'ours, SQLite';

interface Measured extends Load {
  /** Microseconds of a core, in every thread of the server. Unlike the rest it hardly depends on what else runs. */
  readonly cpu: number;
  /** How many flushes a callback needed; many callbacks may share one. */
  readonly flushes: number;
  /** Of a flush, as the server saw it. */
  readonly flushMs: number;
}

const meter = createFlushMeter();
try {
  console.log(describeMachine());
  for (const extraMs of values['flush-ms'].map(Number)) await compare(extraMs);
} finally {
  meter.remove();
}

/** All subjects in turn, on a disk whose flushes take that much more than they do. */
async function compare(extraMs: number): Promise<void> {
  console.log(`\nEvery flush takes ${extraMs} ms more than the disk does.`);
  // What all are compared with is always measured.
  const names = Object.keys(subjects).filter((name) => name === first || values.only.includes(name));
  const measured = new Map<string, Measured[]>();
  for (let round = 0; round < Number(values.rounds); round++)
    for (const name of names)
      measured.set(name, [...(measured.get(name) ?? []), await measure(name, extraMs)]);
  report(measured);
}

async function measure(name: string, extraMs: number): Promise<Measured> {
  const subject = await subjects[name]?.(meter.environment(extraMs));
  if (!subject) throw new Error(`There is no ${name}.`);
  const warmUp = await sendLoad(subject.url, warmUpSeconds);
  const before = { cpu: cpuMicroseconds(subject.pid), ...meter.read() };
  const load = await sendLoad(subject.url, Number(values.seconds));
  const after = { cpu: cpuMicroseconds(subject.pid), ...meter.read() };
  await subject.stop();
  const kept = await subject.kept();
  await subject.remove();

  const answered = warmUp.answered + load.answered;
  if (load.failed > 0) throw new Error(`${name} failed ${load.failed} times.`);
  if (kept !== undefined && kept < answered)
    throw new Error(`${name} answered ${answered} and kept ${kept}.`);
  const count = after.count - before.count;
  const flushMs = (after.ms - before.ms) / count;
  if (kept !== undefined && !(flushMs >= extraMs))
    throw new Error(`${name} flushed ${count} times, in ${flushMs} ms: its disk was not slowed.`);
  const cpu = (after.cpu - before.cpu) / load.answered;
  const flushes = count / load.answered;
  console.log(
    `${name}: ${load.perSecond.toFixed(0)}/s, p99 ${load.p99} ms, ${cpu.toFixed(0)} µs of CPU and ${flushes.toFixed(3)} flushes each`,
  );
  return { ...load, cpu, flushes, flushMs };
}

function report(measured: ReadonlyMap<string, readonly Measured[]>): void {
  const median = (name: string, figure: (load: Measured) => number) => {
    const sorted = (measured.get(name) ?? []).map(figure).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  const own = median(first, ({ perSecond }) => perSecond);
  console.log(`
| server | callbacks/s | ours is × | p50 ms | p99 ms | CPU µs each | flushes each | ms a flush |
| --- | --- | --- | --- | --- | --- | --- | --- |`);
  for (const name of measured.keys()) {
    const perSecond = median(name, (load) => load.perSecond);
    const flushMs = median(name, (load) => load.flushMs);
    const cells = [
      name,
      perSecond.toFixed(0),
      (own / perSecond).toFixed(2),
      median(name, (load) => load.p50),
      median(name, (load) => load.p99),
      median(name, (load) => load.cpu).toFixed(0),
      median(name, (load) => load.flushes).toFixed(2),
      Number.isNaN(flushMs) ? '–' : flushMs.toFixed(2),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** Of user and system time, which the kernel counts in hundredths of a second. */
function cpuMicroseconds(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = rest.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10_000;
}
