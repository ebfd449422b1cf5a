import type { StoreStats } from '../store/engine/store-engine.ts';
import type { StoreOptions } from '../store/engine/store-options.ts';
import { isPostgresUrl, openStore } from '../store/open-store.ts';
import { postgresClock } from '../store/postgres/postgres-clock.ts';
import { heldByAnother, SqliteError } from '../store/sqlite/sqlite-error.ts';
import type { ClockReading } from './check-clock.ts';
import type { Finding } from './finding.ts';
import { probeRunningServer, type ServerAddress } from './probe-running-server.ts';

export interface DatabaseAnswer {
  readonly finding: Finding;
  /** How the store stands, where it could be opened. */
  readonly stats?: StoreStats;
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
  holder: ServerAddress,
): Promise<DatabaseAnswer> {
  try {
    const store = await openStore(databaseUrl, { ...options, onFatal: () => {} });
    try {
      await store.probe(new Date());
      const stats = await store.stats();
      const clock = await readClock(databaseUrl);
      return { stats, finding: found('ok', describe(stats)), ...(clock && { clock }) };
    } finally {
      await store.close();
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'cannot be opened.';
    return { finding: isHeld(error) ? await probeRunningServer(holder, problem) : found('failure', problem) };
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof SqliteError && error.errcode === heldByAnother;
}

async function readClock(databaseUrl: string): Promise<ClockReading | undefined> {
  if (!isPostgresUrl(databaseUrl)) return undefined;
  return { at: 'DATABASE_URL', said: await postgresClock(databaseUrl), own: new Date() };
}

function describe({ deadLetters, blockedKeys, lastReceivedAt }: StoreStats): string {
  const newest = lastReceivedAt ? `newest callback ${lastReceivedAt.toISOString()}` : 'no callback yet';
  return `opens and writes; ${newest}, ${blockedKeys} merchants held up, ${deadLetters} deliveries given up`;
}

function found(level: Finding['level'], message: string): Finding {
  return { check: 'database', level, message };
}
