import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { type Load, sendLoad } from './send-load.ts';
import { subjects } from './subjects.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '10' } },
});
const warmUpSeconds = 3;
interface Measured extends Load {
  /** Microseconds of a core, in every thread of the server. Unlike the rest it hardly depends on what else runs. */
  readonly cpu: number;
}

const measured = new Map<string, Measured[]>();

console.log(describeMachine());
for (let round = 0; round < Number(values.rounds); round++)
  for (const name of Object.keys(subjects))
    measured.set(name, [...(measured.get(name) ?? []), await measure(name)]);
report();

async function measure(name: string): Promise<Measured> {
  const subject = await subjects[name]?.();
  if (!subject) throw new Error(`There is no subject ${name}.`);
  const warmUp = await sendLoad(subject.url, warmUpSeconds);
  const before = cpuMicroseconds(subject.pid);
  const load = await sendLoad(subject.url, Number(values.seconds));
  const cpu = (cpuMicroseconds(subject.pid) - before) / load.answered;
  await subject.stop();
  const kept = await subject.kept();
  const answered = warmUp.answered + load.answered;
  if (load.failed > 0) throw new Error(`${name} failed ${load.failed} times.`);
  if (kept !== undefined && kept < answered)
    throw new Error(`${name} answered ${answered} and kept ${kept}.`);
  await subject.remove();
  console.log(
    `${name}: ${load.perSecond.toFixed(0)}/s, p99 ${load.p99} ms, ${cpu.toFixed(0)} µs of CPU each`,
  );
  return { ...load, cpu };
}

function report(): void {
  const own = median('ours, SQLite', ({ perSecond }) => perSecond);
  console.log(
    '\n| server | callbacks/s | ours is × | p50 ms | p99 ms | CPU µs each |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const name of measured.keys()) {
    const perSecond = median(name, (load) => load.perSecond);
    const [p50, p99] = [median(name, (load) => load.p50), median(name, (load) => load.p99)];
    const cpu = median(name, (load) => load.cpu).toFixed(0);
    console.log(
      `| ${name} | ${perSecond.toFixed(0)} | ${(own / perSecond).toFixed(2)} | ${p50} | ${p99} | ${cpu} |`,
    );
  }
}

function median(name: string, figure: (load: Measured) => number): number {
  const sorted = (measured.get(name) ?? []).map(figure).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Of user and system time, which the kernel counts in hundredths of a second. */
function cpuMicroseconds(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = rest.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10_000;
}
