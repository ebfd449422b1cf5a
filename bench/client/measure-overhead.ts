import { createCallers } from './create-callers.ts';
import { markdownTable } from './markdown-table.ts';
import { stubFetch } from './stub-fetch.ts';

const ROUNDS = 200;
const CALLS = 100;
const WARM_UP = 50;

/**
 * What a call costs beside the network, in processor time, so that it matters little what else the machine does. The
 * clients take turns, each round in another order; the median of the rounds is compared.
 */
export async function measureOverhead(): Promise<string> {
  using _ = stubFetch();
  const clients = Object.entries(createCallers()).map(([name, call]) => ({
    name,
    call,
    rounds: [] as number[],
  }));
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const first = (round + WARM_UP) % clients.length;
    for (const { call, rounds } of [...clients.slice(first), ...clients.slice(0, first)]) {
      const figure = await microsecondsPerCall(call);
      if (round >= 0) rounds.push(figure);
    }
  }
  const yardstick = quantile(clients.find(({ name }) => name === 'openapi-fetch')?.rounds ?? [], 0.5);
  const rows = clients.map(({ name, rounds }) => [
    name,
    quantile(rounds, 0.5).toFixed(1),
    `${quantile(rounds, 0.1).toFixed(1)}–${quantile(rounds, 0.9).toFixed(1)}`,
    (quantile(rounds, 0.5) / yardstick).toFixed(2),
  ]);
  return markdownTable(['client', 'µs of processor a call', 'four rounds in five', '× openapi-fetch'], rows);
}

async function microsecondsPerCall(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < CALLS; count++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
