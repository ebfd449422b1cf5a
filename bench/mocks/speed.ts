// Compares the speed of the sandbox and its peers: medians of interleaved rounds on one machine.
import { loadavg } from 'node:os';
import autocannon from 'autocannon';
import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { cpuSeconds } from '../measure/cpu-seconds.ts';
import { median } from '../measure/quantile.ts';
import { conditionsNow, recordResult } from '../measure/record-result.ts';
import { type ServerCommand, type ServerProcess, startServerProcess } from '../measure/server-process.ts';
import { type BenchRequest, benchRequests, enrolPartner, send } from './bench-requests.ts';
import { bareHono, ours, peers } from './contestants.ts';

const rounds = Number(process.env['ROUNDS'] ?? 7);
const seconds = Number(process.env['SECONDS'] ?? 2);
const starts = 7;
const kinds = ['get', 'post'] as const;

/** The result of one interval of requests. */
type Throughput = Awaited<ReturnType<typeof load>>;

interface Score {
  readonly contestant: ServerCommand;
  readonly coldStarts: Pick<ServerProcess, 'coldStartMs' | 'coldStartCpuMs'>[];
  readonly get: Throughput[];
  readonly post: Throughput[];
  refused: number;
}

const baseline = bareHono(...(await responsesOfOurs()));
const scores = [ours, baseline, ...peers].map((contestant): Score => {
  return { contestant, coldStarts: [], get: [], post: [], refused: 0 };
});
for (let nth = 0; nth < starts; nth++) for (const score of scores) await measureStart(score);
await measureThroughput();
const conditions = conditionsNow();
const circumstances = [
  `load ${loadavg()[1]?.toFixed(1)}`,
  `${rounds} rounds of ${seconds} s`,
  'load generator on the same cores',
];
await recordResult('mocks-speed', [table(), comparison()].join('\n\n'), {
  ...conditions,
  machine: [conditions.machine, ...circumstances].join(', '),
});

async function measureStart({ contestant, coldStarts }: Score): Promise<void> {
  await using running = await startServerProcess(contestant);
  coldStarts.push(running);
}

/** Starts all contestants and sends requests to one contestant after another. The others are idle. */
async function measureThroughput(): Promise<void> {
  await using servers = new AsyncDisposableStack();
  const runners = [];
  for (const score of scores) {
    const running = servers.use(await startServerProcess(score.contestant));
    runners.push({ running, score, requests: await requestsFor(score.contestant, running) });
  }
  for (const { running, requests, score } of runners) {
    const refusals = await Promise.all(requests.invalid.map((request) => send(running.url, request)));
    score.refused = refusals.filter(({ status }) => status === 400 || status === 422).length;
    for (const kind of kinds) await load(running, requests[kind]);
  }
  for (let round = 1; round <= rounds; round++)
    for (const { running, requests, score } of runners) {
      for (const kind of kinds) score[kind].push(await load(running, requests[kind]));
      const last = [score.get.at(-1), score.post.at(-1)];
      console.error(`${round} ${score.contestant.name}: ${JSON.stringify(last)}`);
    }
}

async function requestsFor(contestant: ServerCommand, { url, waitForOutput }: ServerProcess) {
  if (contestant !== ours) return benchRequests('not-a-real-token', '6553f1000000000000000004');
  return enrolPartner(url, await waitForOutput(/administrator token +(\S+)/));
}

/** Sends requests over ten connections. Every response must be a success. */
async function load({ url, pid }: ServerProcess, { path, ...request }: BenchRequest) {
  const before = cpuSeconds(pid);
  const options = { ...request, url: `${url}${path}`, connections: 10, duration: seconds };
  const { non2xx, errors, requests, duration } = await autocannon(options);
  if (non2xx + errors > 0)
    throw new Error(`${url}${path}: ${non2xx} responses without success and ${errors} errors.`);
  const cpuTime = cpuSeconds(pid) - before;
  return {
    perSecond: Math.round(requests.total / duration),
    /** Requests per second of CPU time. Other processes on the machine hardly change this figure. */
    perCpuSecond: Math.round(requests.total / cpuTime),
  };
}

/** Returns the responses of the sandbox, because the baseline must send the same bytes. */
async function responsesOfOurs(): Promise<[pulled: string, created: string]> {
  await using running = await startServerProcess(ours);
  const { get, post } = await requestsFor(ours, running);
  const pulled = await send(running.url, get);
  const created = await send(running.url, post);
  return [await pulled.text(), await created.text()];
}

function table(): string {
  const rows = scores.map((score) => [
    score.contestant.name,
    ...kinds.map((kind) => spread(score[kind].map(({ perSecond }) => perSecond))),
    ...kinds.map((kind) => `${speedOf(score, kind, 'perCpuSecond')}`),
    spread(score.coldStarts.map(({ coldStartMs }) => coldStartMs)),
    `${Math.round(median(score.coldStarts.map(({ coldStartCpuMs }) => coldStartCpuMs)))}`,
    `${score.refused} of 2`,
  ]);
  const rates = ['GET /s', 'POST /s', 'GET /CPU s', 'POST /CPU s'];
  return markdownTable(['', ...rates, 'cold start ms', 'cold start CPU ms', 'invalid refused'], rows);
}

function spread(values: readonly number[]): string {
  const [minimum, middle, maximum] = [Math.min(...values), median(values), Math.max(...values)];
  return `${Math.round(middle)} (${Math.round(minimum)}–${Math.round(maximum)})`;
}

function speedOf(score: Score, kind: (typeof kinds)[number], unit: keyof Throughput): number {
  return median(score[kind].map((throughput) => throughput[unit]));
}

function comparison(): string {
  const [own, bare, ...others] = scores;
  if (!own || !bare) throw new Error('The sandbox or the baseline was not measured.');
  const units = { perSecond: 'per second', perCpuSecond: 'per CPU second' } as const;
  const lines = kinds.flatMap((kind) =>
    (Object.keys(units) as (keyof Throughput)[]).map((unit) => {
      const best = Math.max(...others.map((score) => speedOf(score, kind, unit)));
      const speed = speedOf(own, kind, unit);
      const share = Math.round((100 * speed) / speedOf(bare, kind, unit));
      return `- ${kind.toUpperCase()} ${units[unit]}: ${(speed / best).toFixed(1)} × the best peer, ${share} % of the baseline.`;
    }),
  );
  return lines.join('\n');
}
