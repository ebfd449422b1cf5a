import type { StoreStats } from '../store/engine/records.ts';
import type { StoreOptions } from '../store/engine/store-options.ts';
import { isPostgresUrl, type OpenedStore, openStore } from '../store/open-store.ts';
import { postgresClock } from '../store/postgres/postgres-clock.ts';
import { busyCode, SqliteError } from '../store/sqlite/sqlite-error.ts';
import type { ClockReading } from './check-clock.ts';
import { measureClaims } from './check-handing-on.ts';
import { checkStored } from './check-stored.ts';
import { type Finding, failure, findingOf, ok } from './finding.ts';

const timeoutMs = 10_000;
const anyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Where a running server would listen. */
interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

interface CheckedDatabase {
  readonly finding: Finding;
  /** The finding about the stored callbacks, if the database can be opened. */
  readonly stored?: Finding;
  readonly stats?: StoreStats;
  /** Bytes in the database's files that new data can use. */
  readonly reusableBytes?: number;
  readonly clock?: ClockReading;
  /** Milliseconds that a claim and a commit take; missing if a running server has the database. */
  readonly claimMs?: number;
}

/**
 * Checks that the database can be trusted with callbacks: opens it as the server does, and writes. If a running server
 * has it open, asks that server. Reads the state of the store if the store can be opened, and the clock of a PostgreSQL
 * database.
 */
export async function checkDatabase(
  databaseUrl: string,
  options: Omit<StoreOptions, 'onFatal'>,
  server: ServerAddress,
): Promise<CheckedDatabase> {
  try {
    const store = await openStore(databaseUrl, { ...options, access: 'existing', onFatal: () => {} });
    try {
      const stored = await storedFinding(store);
      return { stored, ...(await useDatabase(store, databaseUrl)) };
    } finally {
      await store.close();
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'cannot be opened.';
    const isOpenElsewhere = error instanceof SqliteError && error.errcode === busyCode;
    if (!isOpenElsewhere) return { finding: failure(problem) };
    return {
      finding: await probeRunningServer(server, problem),
      ...(await readBeside(databaseUrl, options)),
    };
  }
}

/** Uses the database as the server does. */
async function useDatabase(store: OpenedStore, databaseUrl: string): Promise<CheckedDatabase> {
  try {
    await store.probe(new Date());
    const stats = await store.stats();
    const clock = await readClock(databaseUrl);
    const reusableBytes = await store.maintenance.reusableBytes();
    const claimMs = await measureClaims(store);
    return { stats, reusableBytes, claimMs, finding: ok(describe(stats)), ...(clock && { clock }) };
  } catch (error) {
    return { finding: failure(error instanceof Error ? error.message : 'cannot be used.') };
  }
}

function storedFinding({ maintenance }: OpenedStore): Promise<Finding> {
  return findingOf(() => checkStored(maintenance));
}

/** Reads the state of a database that a running server has open; nothing if that fails. */
async function readBeside(
  databaseUrl: string,
  options: Omit<StoreOptions, 'onFatal'>,
): Promise<Pick<CheckedDatabase, 'stats' | 'reusableBytes' | 'stored'>> {
  try {
    const store = await openStore(databaseUrl, { ...options, access: 'read', onFatal: () => {} });
    try {
      const stored = await storedFinding(store);
      const [stats, reusableBytes] = [await store.stats(), await store.maintenance.reusableBytes()];
      return { stored, stats, reusableBytes };
    } finally {
      await store.close();
    }
  } catch {
    return {};
  }
}

async function readClock(databaseUrl: string): Promise<ClockReading | undefined> {
  if (!isPostgresUrl(databaseUrl)) return undefined;
  return { at: 'DATABASE_URL', other: await postgresClock(databaseUrl), own: new Date() };
}

function describe({ lastReceivedAt }: StoreStats): string {
  return `opens and writes; ${lastReceivedAt ? `newest callback ${lastReceivedAt.toISOString()}` : 'no callback yet'}`;
}

/**
 * Asks the running server about the database that it has open.
 *
 * @param problem - Why the database cannot be opened here: the finding if no server responds.
 */
async function probeRunningServer({ host, port }: ServerAddress, problem: string): Promise<Finding> {
  const address = anyAddress.has(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  try {
    const { status } = await fetch(`http://${address}:${port}/health/ready`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    return status === 200
      ? ok(`is open in the server at port ${port}, whose writes succeed`)
      : failure(`is open in the server at port ${port}, which is not ready. Check its log`);
  } catch {
    return failure(problem);
  }
}
