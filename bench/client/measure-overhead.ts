import { callers } from './callers.ts';
import { markdownTable } from './markdown-table.ts';

const ROUNDS = 25;
const CALLS = 400;

/**
 * What a call costs beside the network. The clients take turns, each round in another order, so that a busy machine
 * is busy for all of them; the median of the rounds is compared.
 */
export async function measureOverhead(): Promise<string> {
  const names = Object.keys(callers);
  const rounds = new Map(names.map((name) => [name, [] as number[]]));
  for (const name of names) await microsecondsPerCall(name);
  for (let round = 0; round < ROUNDS; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length] ?? '';
      rounds.get(name)?.push(await microsecondsPerCall(name));
    }
  }
  const yardstick = median(rounds.get('openapi-fetch') ?? []);
  const rows = [...rounds].map(([name, figures]) => [
    name,
    median(figures).toFixed(0),
    `${Math.min(...figures).toFixed(0)}–${Math.max(...figures).toFixed(0)}`,
    (median(figures) / yardstick).toFixed(2),
  ]);
  return markdownTable(['client', 'µs a call, median', `range of ${ROUNDS} rounds`, '× openapi-fetch'], rows);
}

async function microsecondsPerCall(name: string): Promise<number> {
  const call = callers[name];
  if (!call) throw new Error(`There is no client ${name}.`);
  const started = performance.now();
  for (let count = 0; count < CALLS; count++) await call();
  return ((performance.now() - started) * 1000) / CALLS;
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
