// Compares the speed of the sandbox and its peers: medians of interleaved rounds on one machine.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import {
  type BenchRequest,
  type BenchRequests,
  benchRequests,
  enrolPartner,
  send,
} from './bench-requests.ts';
import { bareHono, type Contestant, ours, peers, type Running, start } from './contestants.ts';
import { cpuSeconds } from './cpu-time.ts';
import { writeTable } from './write-table.ts';

const rounds = Number(process.env['ROUNDS'] ?? 7);
const seconds = Number(process.env['SECONDS'] ?? 2);
const starts = 7;

/** The result of one interval of requests. */
interface Throughput {
  readonly perSecond: number;
  /** Requests per second of CPU time, which other processes on the machine do not change. */
  readonly perCpuSecond: number;
}

interface Score {
  readonly name: string;
  readonly coldStartMs: number[];
  readonly coldStartCpuMs: number[];
  readonly get: Throughput[];
  readonly post: Throughput[];
  refused: number;
}

/** A running contestant with its requests. */
interface Runner {
  readonly running: Running;
  readonly requests: BenchRequests;
  readonly score: Score;
}

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const contestants = [ours, bareHono(...(await responsesOfOurs(folder))), ...peers];
  const scores = contestants.map(({ name }): Score => {
    return { name, coldStartMs: [], coldStartCpuMs: [], get: [], post: [], refused: 0 };
  });
  for (let nth = 0; nth < starts; nth++) await measureStarts(contestants, scores);
  await measureThroughput(contestants, scores);
  await writeTable('speed', [`${machine()}.`, '', ...table(scores), '', ...comparison(scores)]);
} finally {
  await rm(folder, { recursive: true });
}

async function measureStarts(contestants: readonly Contestant[], scores: readonly Score[]): Promise<void> {
  for (const [at, contestant] of contestants.entries()) {
    const running = await start(contestant);
    scores[at]?.coldStartMs.push(running.coldStartMs);
    scores[at]?.coldStartCpuMs.push(running.coldStartCpuMs);
    await running.close();
  }
}

/** Starts all contestants and sends requests to one contestant after another. The others are idle. */
async function measureThroughput(
  contestants: readonly Contestant[],
  scores: readonly Score[],
): Promise<void> {
  const runners: Runner[] = [];
  try {
    for (const [at, score] of scores.entries()) {
      const contestant = contestants[at] ?? ours;
      const running = await start(contestant);
      runners.push({ running, score, requests: await requestsFor(contestant, running) });
    }
    for (const { running, requests, score } of runners) {
      const refusals = await Promise.all(requests.invalid.map((request) => send(running.url, request)));
      score.refused = refusals.filter(({ status }) => status === 400 || status === 422).length;
      for (const request of [requests.get, requests.post]) await load(running, request);
    }
    for (let round = 1; round <= rounds; round++)
      for (const { running, requests, score } of runners) {
        score.get.push(await load(running, requests.get));
        score.post.push(await load(running, requests.post));
        console.error(`${round} ${score.name}: ${JSON.stringify([score.get.at(-1), score.post.at(-1)])}`);
      }
  } finally {
    for (const { running } of runners) await running.close();
  }
}

async function requestsFor(contestant: Contestant, { url, waitForOutput }: Running): Promise<BenchRequests> {
  if (contestant !== ours) return benchRequests('not-a-real-token', '6553f1000000000000000004');
  return enrolPartner(url, await waitForOutput(/administrator token +(\S+)/));
}

/** Sends requests over ten connections. Every response must be a success. */
async function load({ url, pid }: Running, { path, ...request }: BenchRequest): Promise<Throughput> {
  const before = cpuSeconds(pid);
  const options = { ...request, url: `${url}${path}`, connections: 10, duration: seconds };
  const { non2xx, errors, requests, duration } = await autocannon(options);
  if (non2xx + errors > 0) throw new Error(`${url}${path}: ${non2xx} refusals and ${errors} errors.`);
  const cpuTime = cpuSeconds(pid) - before;
  return {
    perSecond: Math.round(requests.total / duration),
    perCpuSecond: Math.round(requests.total / cpuTime),
  };
}

/** Writes the responses of the sandbox to files, because the baseline must send the same bytes. */
async function responsesOfOurs(into: string): Promise<[string, string]> {
  const running = await start(ours);
  try {
    const { get, post } = await requestsFor(ours, running);
    const files: [string, string] = [join(into, 'pulled.json'), join(into, 'created.json')];
    for (const [at, request] of [get, post].entries())
      await writeFile(files[at] ?? '', await (await send(running.url, request)).text());
    return files;
  } finally {
    await running.close();
  }
}

type Kind = 'get' | 'post';
type Unit = keyof Throughput;

function table(scores: readonly Score[]): string[] {
  const cellsOf = (score: Score) => [
    score.name,
    ...(['get', 'post'] as const).map((kind) => spread(score[kind].map(({ perSecond }) => perSecond))),
    ...(['get', 'post'] as const).map((kind) => `${speedOf(score, kind, 'perCpuSecond')}`),
    `${spread(score.coldStartMs)}`,
    `${Math.round(median(score.coldStartCpuMs))}`,
    `${score.refused} of 2`,
  ];
  const headings = [
    '',
    'GET /s',
    'POST /s',
    'GET /CPU s',
    'POST /CPU s',
    'cold start ms',
    'CPU ms of it',
    'invalid refused',
  ];
  const rows = [headings, headings.map(() => '---'), ...scores.map(cellsOf)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`);
}

function spread(values: readonly number[]): string {
  const [minimum, middle, maximum] = [Math.min(...values), median(values), Math.max(...values)].map(
    Math.round,
  );
  return `${middle} (${minimum}–${maximum})`;
}

function speedOf(score: Score, kind: Kind, unit: Unit): number {
  return median(score[kind].map((throughput) => throughput[unit]));
}

function comparison([own, baseline, ...others]: readonly Score[]): string[] {
  if (!own || !baseline) return [];
  const units: readonly (readonly [Unit, string])[] = [
    ['perSecond', 'per second'],
    ['perCpuSecond', 'per CPU second'],
  ];
  return (['get', 'post'] as const).flatMap((kind) =>
    units.map(([unit, how]) => {
      const best = Math.max(...others.map((score) => speedOf(score, kind, unit)));
      const speed = speedOf(own, kind, unit);
      const share = Math.round((100 * speed) / speedOf(baseline, kind, unit));
      return `- ${kind.toUpperCase()} ${how}: ${(speed / best).toFixed(1)} × the best peer, ${share} % of the baseline.`;
    }),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [
    sorted.at((sorted.length - 1) / 2),
    sorted[Math.floor(sorted.length / 2)],
  ];
  return (low + high) / 2;
}

function machine(): string {
  const [cpu] = cpus();
  const facts = [
    `Node ${process.version}`,
    `${cpus().length} cores of ${cpu?.model.trim()}`,
    `load ${loadavg()[1]?.toFixed(1)}`,
    `${rounds} rounds of ${seconds} s`,
    'load generator on the same cores',
    new Date().toISOString().slice(0, 10),
  ];
  return facts.join(', ');
}
