import type { StoreFigures } from '../store/engine/store-engine.ts';
import type { StoreOptions } from '../store/engine/store-options.ts';
import { isPostgresUrl, openStore } from '../store/open-store.ts';
import { postgresClock } from '../store/postgres/postgres-clock.ts';
import { heldByAnother, SqliteError } from '../store/sqlite/sqlite-error.ts';
import type { ClockReading } from './check-clock.ts';
import type { Finding } from './finding.ts';
import { askHolder, type Holder } from './probe-running-server.ts';

export interface DatabaseAnswer {
  readonly finding: Finding;
  /** How the store stands, where it could be opened. */
  readonly figures?: StoreFigures;
  /** Where the database has a clock of its own. */
  readonly clock?: ClockReading;
}

/**
 * Whether the database can be trusted with a callback: opens it as the server does, and writes. Where a server has it to
 * itself, that one is asked.
 */
export async function checkDatabase(
  databaseUrl: string,
  options: Omit<StoreOptions, 'onFatal'>,
  holder: Holder,
): Promise<DatabaseAnswer> {
  try {
    const store = await openStore(databaseUrl, { ...options, onFatal: () => {} });
    try {
      await store.probe(new Date());
      const figures = await store.figures();
      const clock = await readClock(databaseUrl);
      return { figures, finding: found('ok', describe(figures)), ...(clock && { clock }) };
    } finally {
      await store.close();
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'cannot be opened.';
    return { finding: isHeld(error) ? await askHolder(holder, problem) : found('failure', problem) };
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof SqliteError && error.errcode === heldByAnother;
}

async function readClock(databaseUrl: string): Promise<ClockReading | undefined> {
  if (!isPostgresUrl(databaseUrl)) return undefined;
  return { at: 'DATABASE_URL', said: await postgresClock(databaseUrl), own: new Date() };
}

function describe({ deadLetters, blockedKeys, lastReceivedAt }: StoreFigures): string {
  const newest = lastReceivedAt ? `newest callback ${lastReceivedAt.toISOString()}` : 'no callback yet';
  return `opens and writes; ${newest}, ${blockedKeys} merchants held up, ${deadLetters} deliveries given up`;
}

function found(grade: Finding['grade'], says: string): Finding {
  return { about: 'database', grade, says };
}
