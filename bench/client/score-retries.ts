import { markdownTable } from '../../internal/testing/src/markdown-table.ts';
import { type Faults, startFaults } from '../../packages/client/test/retry/play-fault.ts';
import { arrives, type RetryRow } from '../../packages/client/test/retry/retry-row.ts';
import { retryRows } from '../../packages/client/test/retry/retry-rows.ts';
import { type Contender, contenders } from './contenders.ts';
import { playRow } from './play-row.ts';

/** Settings of rows without limits of their own. */
const settings = { maxAttempts: 3, budgetMs: 60_000, maxRetryAfterMs: 30_000, timeoutMs: 2500 };

/** Each row needs less than half of this time. A client that still waits does not behave as the row says. */
const MAX_ROW_MS = 15_000;
const CONCURRENT_ROWS = 16;

/** Runs the rows with each client, and counts the right results. */
export async function scoreRetries(): Promise<string> {
  await using playing = await startFaults();
  const rows = [];
  for (const contender of contenders) {
    const results: Result[] = [];
    const queue = retryRows.values();
    const worker = async () => {
      for (const row of queue) results.push(await run(contender, row, playing));
    };
    await Promise.all(Array.from({ length: CONCURRENT_ROWS }, worker));
    rows.push([contender.name, ...scores(results)]);
  }
  const writes = 'writes sent twice that may have been applied';
  return markdownTable(['client', 'rows right', 'attempts right', writes, 'aborts'], rows);
}

type Result = Awaited<ReturnType<typeof run>>;

async function run({ call, endOf }: Contender, row: RetryRow, playing: Faults) {
  await using played = await playRow(row, playing);
  const { url, fetch, signal, attempts, arrivals } = played;
  const trustFetchErrors = row.faults.every(({ kind }) => kind !== 'own fetch fails');
  const ends = await Promise.race([
    call(row.call, { ...settings, ...row.limits, url, fetch, trustFetchErrors, signal }).then(
      () => 'success' as const,
      (error: unknown) => endOf(error) ?? ('failure' as const),
    ),
    new Promise<'still waiting'>((resolve) => setTimeout(resolve, MAX_ROW_MS, 'still waiting').unref()),
  ]);
  const delayMs = (attempts[1] ?? Number.NaN) - (attempts[0] ?? 0);
  return { row, ends, attempts: attempts.length, arrivals: arrivals(), delayMs };
}

function scores(results: readonly Result[]): string[] {
  const share = (among: readonly Result[], right: (result: Result) => boolean) =>
    `${among.filter(right).length} of ${among.length}`;
  const endsRight = ({ ends, row }: Result) => ends === row.ends;
  const unknown = results.filter(({ row }) => row.call === 'write' && row.ends === 'unknown');
  const aborted = results.filter(({ row }) => row.abort);
  return [
    share(results, (result) => attemptsRight(result) && endsRight(result)),
    share(results, attemptsRight),
    share(unknown, ({ row, arrivals }) => arrivals > arrivalsOf(row)),
    share(aborted, endsRight),
  ];
}

/** Number of requests that should reach the server. */
function arrivalsOf({ faults, attempts }: RetryRow): number {
  return attempts - faults.slice(0, attempts).filter((fault) => !arrives(fault)).length;
}

function attemptsRight({ row, attempts, arrivals, ends, delayMs }: Result): boolean {
  if (ends === 'still waiting' || attempts !== row.attempts) return false;
  if (arrivals !== arrivalsOf(row)) return false;
  // Timers may fire up to a millisecond early.
  return row.minDelayMs === undefined || delayMs >= row.minDelayMs - 1;
}
