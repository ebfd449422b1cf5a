// How fast the sandbox is beside its peers, in one run: medians of interleaved rounds on one machine.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { bareHono, type Contestant, ours, peers, type Running, start } from './contestants.ts';
import { median } from './median.ts';
import { ask, becomePartner, type Question, type Questions, questions } from './questions.ts';
import { writeTable } from './write-table.ts';

const rounds = Number(process.env['ROUNDS'] ?? 3);
const seconds = Number(process.env['SECONDS'] ?? 4);
const coldStarts = 5;

interface Score {
  readonly name: string;
  readonly coldStartMs: number[];
  readonly get: number[];
  readonly post: number[];
  refused: number;
}

const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const files = await answersOfOurs(folder);
  const contestants = [ours, bareHono(...files), ...peers];
  const scores = contestants.map(
    ({ name }): Score => ({ name, coldStartMs: [], get: [], post: [], refused: 0 }),
  );
  for (let round = 0; round < Math.max(rounds, coldStarts); round++)
    for (const [at, contestant] of contestants.entries()) {
      const score = scores[at];
      if (score) await play(contestant, score, round < rounds);
    }
  await writeTable('speed', [`${machine()}.`, '', ...table(scores), '', ...verdict(scores)]);
} finally {
  await rm(folder, { recursive: true });
}

/** One round of one contestant, alone on the machine, in a process that starts afresh. */
async function play(contestant: Contestant, score: Score, measured: boolean): Promise<void> {
  const running = await start(contestant);
  try {
    score.coldStartMs.push(running.coldStartMs);
    if (!measured) return;
    const asked = await questionsFor(contestant, running);
    const refusals = await Promise.all(asked.invalid.map((question) => ask(running.url, question)));
    score.refused = refusals.filter(({ status }) => status === 400 || status === 422).length;
    score.get.push(await load(running.url, asked.get));
    score.post.push(await load(running.url, asked.post));
    console.error(`${contestant.name}: GET ${score.get.at(-1)}/s, POST ${score.post.at(-1)}/s`);
  } finally {
    await running.close();
  }
}

async function questionsFor(contestant: Contestant, { url, printed }: Running): Promise<Questions> {
  if (contestant !== ours) return questions('not-a-real-token', '6553f1000000000000000004');
  return becomePartner(url, await printed(/administrator token +(\S+)/));
}

/** Requests a second over ten connections, after a second to warm up; every answer must be a success. */
async function load(url: string, { path, ...question }: Question): Promise<number> {
  const options = { ...question, url: `${url}${path}`, connections: 10 };
  await autocannon({ ...options, duration: 1 });
  const { non2xx, errors, requests } = await autocannon({ ...options, duration: seconds });
  if (non2xx + errors > 0) throw new Error(`${url}${path}: ${non2xx} refusals and ${errors} errors.`);
  return Math.round(requests.average);
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

function table(scores: readonly Score[]): string[] {
  const rows = scores.map(
    ({ name, get, post, coldStartMs, refused }) =>
      `| ${[name, spread(get), spread(post), `${spread(coldStartMs)} ms`, `${refused} of 2`].join(' | ')} |`,
  );
  return [
    '| | GET pullMerchant, requests/s | POST createMerchant, requests/s | cold start | invalid requests refused |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
}

function spread(values: readonly number[]): string {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map(Math.round);
  return `${middle} (${least}–${most})`;
}

function verdict([own, floor, ...others]: readonly Score[]): string[] {
  if (!own || !floor) return [];
  return (['get', 'post'] as const).map((kind) => {
    const best = Math.max(...others.map((score) => median(score[kind])));
    const [speed, limit] = [median(own[kind]), median(floor[kind])];
    const parts = [
      `${(speed / best).toFixed(1)} × the best peer`,
      `${Math.round((100 * speed) / limit)} % of the floor`,
    ];
    return `- ${kind.toUpperCase()}: ${parts.join(', ')}.`;
  });
}

function machine(): string {
  const [cpu] = cpus();
  return `Node ${process.version}, ${cpus().length} cores of ${cpu?.model.trim()}, ${rounds} rounds of ${seconds} s, load generator on the same cores, ${new Date().toISOString().slice(0, 10)}`;
}
