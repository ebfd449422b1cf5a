import { type RetryRow, retryRows } from '../../packages/client/test/retry/retry-rows.ts';
import { type Contender, contenders } from './contenders.ts';
import { markdownTable } from './markdown-table.ts';
import { openCourse } from './open-course.ts';

/** What the rows take for granted where they say nothing else. */
const terms = { maxAttempts: 3, budgetMs: 60_000, maxRetryAfterMs: 30_000, timeoutMs: 2500 };

/** No row needs half of it; a client that still waits then waits for what the row says it is not to. */
const PATIENCE_MS = 15_000;
const AT_ONCE = 16;

/** Runs the rows with each client, and counts what it does right. */
export async function scoreRetries(): Promise<string> {
  const rows = [];
  for (const contender of contenders) {
    const results: Result[] = [];
    const queue = retryRows.values();
    const worker = async () => {
      for (const row of queue) results.push(await run(contender, row));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    rows.push([contender.name, ...scores(results)]);
  }
  const head = [
    'client',
    'rows right',
    'attempts right',
    'writes sent twice that may have been done',
    'aborts',
  ];
  return markdownTable(head, rows);
}

interface Result {
  readonly row: RetryRow;
  readonly attempts: number;
  readonly ends: RetryRow['ends'] | 'still waiting';
  readonly pauseMs: number;
}

async function run({ call, endOf }: Contender, row: RetryRow): Promise<Result> {
  await using course = await openCourse(row);
  const { url, fetch, signal, attempts } = course;
  const ends = await Promise.race([
    call(row.call, { ...terms, ...row.limits, url, fetch, signal }).then(
      () => 'success' as const,
      (error: unknown) => endOf(error) ?? ('failure' as const),
    ),
    new Promise<'still waiting'>((resolve) => setTimeout(resolve, PATIENCE_MS, 'still waiting').unref()),
  ]);
  const pauseMs = (attempts[1] ?? Number.NaN) - (attempts[0] ?? 0);
  return { row, ends, attempts: attempts.length, pauseMs };
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

function attemptsRight({ row, attempts, ends, pauseMs }: Result): boolean {
  if (ends === 'still waiting' || attempts !== row.attempts) return false;
  return row.pauseMs === undefined || pauseMs >= row.pauseMs;
}
