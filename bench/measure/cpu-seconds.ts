import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** Returns the CPU time of a process in seconds, for all of its threads. Returns `NaN` on systems other than Linux. */
export function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}
