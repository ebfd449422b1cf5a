// How fast the sandbox is beside its peers, in one run: medians of interleaved rounds on one machine.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { bareHono, type Contestant, ours, peers, type Running, start } from './contestants.ts';
import { cpuSeconds } from './cpu-time.ts';
import { median } from './median.ts';
import { ask, becomePartner, type Question, type Questions, questions } from './questions.ts';
import { writeTable } from './write-table.ts';

const rounds = Number(process.env['ROUNDS'] ?? 7);
const seconds = Number(process.env['SECONDS'] ?? 2);
const starts = 7;

/** One stretch of requests. */
interface Stretch {
  /** Requests in a second on the wall. */
  readonly perSecond: number;
  /** Requests in a second that the process computed: the same on a machine that others use as well. */
  readonly perCpuSecond: number;
}

interface Score {
  readonly name: string;
  readonly coldStartMs: number[];
  readonly coldStartCpuMs: number[];
  readonly get: Stretch[];
  readonly post: Stretch[];
  refused: number;
}

/** A contestant at the start, with what it is asked. */
interface Runner {
  readonly running: Running;
  readonly asked: Questions;
  readonly score: Score;
}

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const contestants = [ours, bareHono(...(await answersOfOurs(folder))), ...peers];
  const scores = contestants.map(({ name }): Score => {
    return { name, coldStartMs: [], coldStartCpuMs: [], get: [], post: [], refused: 0 };
  });
  for (let nth = 0; nth < starts; nth++) await startEach(contestants, scores);
  await race(contestants, scores);
  await writeTable('speed', [`${machine()}.`, '', ...table(scores), '', ...verdict(scores)]);
} finally {
  await rm(folder, { recursive: true });
}

async function startEach(contestants: readonly Contestant[], scores: readonly Score[]): Promise<void> {
  for (const [at, contestant] of contestants.entries()) {
    const running = await start(contestant);
    scores[at]?.coldStartMs.push(running.coldStartMs);
    scores[at]?.coldStartCpuMs.push(running.coldStartCpuMs);
    await running.close();
  }
}

/** All are up, and are asked in turn: whoever is not asked does nothing. */
async function race(contestants: readonly Contestant[], scores: readonly Score[]): Promise<void> {
  const runners: Runner[] = [];
  try {
    for (const [at, score] of scores.entries()) {
      const contestant = contestants[at] ?? ours;
      const running = await start(contestant);
      runners.push({ running, score, asked: await questionsFor(contestant, running) });
    }
    for (const { running, asked, score } of runners) {
      const refusals = await Promise.all(asked.invalid.map((question) => ask(running.url, question)));
      score.refused = refusals.filter(({ status }) => status === 400 || status === 422).length;
      for (const question of [asked.get, asked.post]) await load(running, question);
    }
    for (let round = 1; round <= rounds; round++)
      for (const { running, asked, score } of runners) {
        score.get.push(await load(running, asked.get));
        score.post.push(await load(running, asked.post));
        console.error(`${round} ${score.name}: ${JSON.stringify([score.get.at(-1), score.post.at(-1)])}`);
      }
  } finally {
    for (const { running } of runners) await running.close();
  }
}

async function questionsFor(contestant: Contestant, { url, printed }: Running): Promise<Questions> {
  if (contestant !== ours) return questions('not-a-real-token', '6553f1000000000000000004');
  return becomePartner(url, await printed(/administrator token +(\S+)/));
}

/** Requests over ten connections; every answer must be a success. */
async function load({ url, pid }: Running, { path, ...question }: Question): Promise<Stretch> {
  const before = cpuSeconds(pid);
  const options = { ...question, url: `${url}${path}`, connections: 10, duration: seconds };
  const { non2xx, errors, requests, duration } = await autocannon(options);
  if (non2xx + errors > 0) throw new Error(`${url}${path}: ${non2xx} refusals and ${errors} errors.`);
  const computed = cpuSeconds(pid) - before;
  return {
    perSecond: Math.round(requests.total / duration),
    perCpuSecond: Math.round(requests.total / computed),
  };
}

/** What ours answers to both questions, in files: the floor has to send the same bytes. */
async function answersOfOurs(into: string): Promise<[string, string]> {
  const running = await start(ours);
  try {
    const { get, post } = await questionsFor(ours, running);
    const files: [string, string] = [join(into, 'pulled.json'), join(into, 'created.json')];
    for (const [at, question] of [get, post].entries())
      await writeFile(files[at] ?? '', await (await ask(running.url, question)).text());
    return files;
  } finally {
    await running.close();
  }
}

type Kind = 'get' | 'post';
type Unit = keyof Stretch;

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
    'of it CPU ms',
    'invalid refused',
  ];
  const rows = [headings, headings.map(() => '---'), ...scores.map(cellsOf)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`);
}

function spread(values: readonly number[]): string {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map(Math.round);
  return `${middle} (${least}–${most})`;
}

function speedOf(score: Score, kind: Kind, unit: Unit): number {
  return median(score[kind].map((stretch) => stretch[unit]));
}

function verdict([own, floor, ...others]: readonly Score[]): string[] {
  if (!own || !floor) return [];
  const units: readonly (readonly [Unit, string])[] = [
    ['perSecond', 'by the wall'],
    ['perCpuSecond', 'by what it computes'],
  ];
  return (['get', 'post'] as const).flatMap((kind) =>
    units.map(([unit, how]) => {
      const best = Math.max(...others.map((score) => speedOf(score, kind, unit)));
      const speed = speedOf(own, kind, unit);
      const share = Math.round((100 * speed) / speedOf(floor, kind, unit));
      return `- ${kind.toUpperCase()}, ${how}: ${(speed / best).toFixed(1)} × the best peer, ${share} % of the floor.`;
    }),
  );
}

function machine(): string {
  const [cpu] = cpus();
  const facts = [
    `Node ${process.version}`,
    `${cpus().length} cores of ${cpu?.model.trim()}`,
    `load ${loadavg()[1]?.toFixed(1)} of others and ours`,
    `${rounds} rounds of ${seconds} s`,
    'load generator on the same cores',
    new Date().toISOString().slice(0, 10),
  ];
  return facts.join(', ');
}
