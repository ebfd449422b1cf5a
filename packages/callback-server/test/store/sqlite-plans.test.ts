import { readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite/open-sqlite.ts';
import { createSqliteOperations } from '../../src/store/sqlite/sqlite-operations.ts';
import { fillStatements } from '../support/backlog.ts';
import { backlogs, hotCalls, maxRead, retryStatements } from '../support/hot-calls.ts';
import { listFilters, maxListed } from '../support/list-filters.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { storeStatements } from '../support/search-store.ts';

const hour = 3_600_000;

/** Opens a database that statements have filled, with a page cache that holds almost nothing. */
function openWith(statements: string) {
  const { database, close } = openSqlite(temporaryDatabase(), undefined);
  onTestFinished(close);
  database.exec(`BEGIN; ${statements}; COMMIT; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size = 1`);
  const texts = new Set<string>();
  // The operations of the hot path only prepare statements.
  const recorded = {
    prepare: (text: string) => {
      texts.add(text);
      return database.prepare(text);
    },
  } as DatabaseSync;
  const operations = createSqliteOperations(recorded, 'this run');
  return { database, texts, operations, next: createSqliteOperations(recorded, 'the next run') };
}

/** Opens a database in which callbacks wait. */
function openFilled(waiting: number) {
  const ofBusy = Math.min(20_000, Math.floor(waiting / 5));
  const retries = retryStatements(String(Date.now() + hour));
  return openWith(`${fillStatements('sqlite', { waiting, ofBusy })}; ${retries}`);
}

/** Number of reads that this thread has asked the system for. SQLite reads each page with one read. */
function reads(): number {
  return Number(/^syscr: (\d+)$/m.exec(readFileSync('/proc/thread-self/io', 'utf8'))?.[1]);
}

test('SQLite: every statement of the hot path uses an index', async () => {
  const { database, texts, operations, next } = openFilled(10);
  for (const call of hotCalls(operations, async (_, run) => void run(), next)) {
    database.exec('BEGIN');
    await call();
    database.exec('ROLLBACK');
  }
  operations.lastReceivedAt();
  operations.routeNames();
  operations.routeStats('handler');
  operations.quarantined('an id');
  for (const text of texts) {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all();
    const details = plan.map(({ detail }) => String(detail)).join('\n');
    // The newest receipt is the last row of its table.
    if (!text.includes('ORDER BY sequence DESC'))
      expect(details, text).not.toMatch(/SCAN (callbacks|receipts|deliveries|lines|attempts)/);
    // The names of routes are few.
    if (!text.includes('names')) expect(details, text).not.toContain('TEMP B-TREE');
  }
});

test.runIf(process.platform === 'linux').each(backlogs)(
  'SQLite: with %i waiting deliveries, a call reads only the pages that its rows need',
  async (waiting) => {
    const { database, operations, next } = openFilled(waiting);
    const pages = new Map<string, number>();
    const measure = async (name: string, call: () => unknown) => {
      const before = reads();
      const ofMeasuring = reads() - before;
      const start = reads();
      await call();
      pages.set(name, reads() - start - ofMeasuring);
    };
    for (const call of hotCalls(operations, measure, next)) {
      database.exec('BEGIN IMMEDIATE');
      await call();
      database.exec('ROLLBACK');
    }
    // A repeat looks up whether its callback is in the quarantine.
    await measure('quarantined', () => operations.quarantined('an id'));
    for (const [name, count] of pages) expect(count, name).toBeLessThan(maxRead.pages);
  },
);

test('SQLite: every statement of a list uses an index', () => {
  const { database, texts, operations } = openWith(storeStatements('sqlite', { count: 100 }));
  for (const [, filter] of listFilters) operations.list(filter);
  for (const text of texts) {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all();
    const details = plan.map(({ detail }) => String(detail)).join('\n');
    expect(details, text).not.toMatch(/SCAN (callbacks|receipts|deliveries|lines|attempts|confirmations)/);
  }
});

test.runIf(process.platform === 'linux').each(backlogs)(
  'SQLite: with %i stored, a list reads as many pages as its rows need',
  (count) => {
    const { operations } = openWith(storeStatements('sqlite', { count }));
    for (const [name, filter] of listFilters) {
      const before = reads();
      operations.list(filter);
      expect(reads() - before, name).toBeLessThan(maxListed.pages);
    }
  },
);
