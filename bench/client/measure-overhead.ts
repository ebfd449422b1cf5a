import { markdownTable } from '../measure/markdown-table.ts';
import { median, quantile } from '../measure/quantile.ts';
import { createCallers } from './create-callers.ts';

const ROUNDS = 200;
const CALLS = 100;
const WARM_UP_ROUNDS = 50;

/**
 * Measures the cost of a call without the network, in processor time, so that other work of the machine matters little.
 * The clients take turns, in another order in each round. The table compares the median of the rounds.
 */
export async function measureOverhead(): Promise<string> {
  using _ = stubFetch();
  const clients = Object.entries(createCallers()).map(([name, call]) => ({
    name,
    call,
    rounds: [] as number[],
  }));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const first = (round + WARM_UP_ROUNDS) % clients.length;
    for (const { call, rounds } of [...clients.slice(first), ...clients.slice(0, first)]) {
      const microseconds = await microsecondsPerCall(call);
      if (round >= 0) rounds.push(microseconds);
    }
  }
  const baseline = median(clients.find(({ name }) => name === 'openapi-fetch')?.rounds ?? []);
  const rows = clients.map(({ name, rounds }) => [
    name,
    median(rounds).toFixed(1),
    `${quantile(rounds, 0.1).toFixed(1)}–${quantile(rounds, 0.9).toFixed(1)}`,
    (median(rounds) / baseline).toFixed(2),
  ]);
  return markdownTable(['client', 'processor µs per call', '10th–90th percentile', '× openapi-fetch'], rows);
}

/**
 * Replaces the global `fetch` with one that responds immediately, to a login with a token. Clients use the global `fetch`
 * by default, and some look it up when they are created.
 */
function stubFetch(): Disposable {
  const { fetch } = globalThis;
  globalThis.fetch = async () =>
    new Response('{"id":"example"}', { headers: { 'Content-Type': 'application/json' } });
  return {
    [Symbol.dispose]() {
      globalThis.fetch = fetch;
    },
  };
}

async function microsecondsPerCall(call: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let count = 0; count < CALLS; count++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}
