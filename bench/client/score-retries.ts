import { type RetryRow, retryRows } from '../../packages/client/test/retry/retry-rows.ts';
import { markdownTable } from '../measure/markdown-table.ts';
import { type Contender, contenders } from './contenders.ts';
import { playRow } from './play-row.ts';

/** Settings of rows without limits of their own. */
const settings = { maxAttempts: 3, budgetMs: 60_000, maxRetryAfterMs: 30_000, timeoutMs: 2500 };

/** No row needs half of this time. A client that still waits does so against its row. */
const MAX_ROW_MS = 15_000;
const CONCURRENT_ROWS = 16;

/** Runs the rows with each client, and counts the right results. */
export async function scoreRetries(): Promise<string> {
  const rows = [];
  for (const contender of contenders) {
    const results: Result[] = [];
    const queue = retryRows.values();
    const worker = async () => {
      for (const row of queue) results.push(await run(contender, row));
    };
    await Promise.all(Array.from({ length: CONCURRENT_ROWS }, worker));
    rows.push([contender.name, ...scores(results)]);
  }
  const head = [
    'client',
    'rows right',
    'attempts right',
    'writes sent twice that may have been applied',
    'aborts',
  ];
  return markdownTable(head, rows);
}

interface Result {
  readonly row: RetryRow;
  readonly attempts: number;
  readonly ends: RetryRow['ends'] | 'still waiting';
  readonly delayMs: number;
}

async function run({ call, endOf }: Contender, row: RetryRow): Promise<Result> {
  await using played = await playRow(row);
  const { url, fetch, signal, attempts } = played;
  const ends = await Promise.race([
    call(row.call, { ...settings, ...row.limits, url, fetch, signal }).then(
      () => 'success' as const,
      (error: unknown) => endOf(error) ?? ('failure' as const),
    ),
    new Promise<'still waiting'>((resolve) => setTimeout(resolve, MAX_ROW_MS, 'still waiting').unref()),
  ]);
  const delayMs = (attempts[1] ?? Number.NaN) - (attempts[0] ?? 0);
  return { row, ends, attempts: attempts.length, delayMs };
}

function scores(results: readonly Result[]): string[] {
  const share = (right: (result: Result) => boolean, among = results) =>
    `${among.filter(right).length} of ${among.length}`;
  return [
    share((result) => attemptsRight(result) && result.ends === result.row.ends),
    share(attemptsRight),
    share(
      ({ row, attempts }) => attempts > row.attempts,
      results.filter(({ row }) => row.call === 'write' && row.ends === 'unknown'),
    ),
    share(
      ({ ends, row }) => ends === row.ends,
      results.filter(({ row }) => row.abort),
    ),
  ];
}

function attemptsRight({ row, attempts, ends, delayMs }: Result): boolean {
  if (ends === 'still waiting' || attempts !== row.attempts) return false;
  // Timers may fire up to a millisecond early.
  return row.minDelayMs === undefined || delayMs >= row.minDelayMs - 1;
}
