import type { CallbackStore } from './callback-store.ts';
import { createStore } from './create-store.ts';
import { openEncryption } from './encryption/open-encryption.ts';
import type { StoreEngine } from './engine/store-engine.ts';
import type { StoreOptions } from './engine/store-options.ts';
import { createMerchants, type MerchantStore } from './merchants.ts';
import { openPostgresEngine, postgresStartError } from './postgres/postgres-engine.ts';
import { createSavedFilters, type SavedFilters } from './saved-filters.ts';
import { createSessionStore, type SessionStore } from './sessions.ts';
import { openSqliteEngine } from './sqlite/sqlite-engine.ts';
import { createMaintenance, type StoreMaintenance } from './store-maintenance.ts';

export interface OpenedStore extends CallbackStore {
  readonly maintenance: StoreMaintenance;
  readonly merchants: MerchantStore;
  readonly sessions: SessionStore;
  readonly savedFilters: SavedFilters;
}

/**
 * Opens the store at a database URL.
 *
 * @throws Error if the URL names neither SQLite nor PostgreSQL, or if the database cannot be reached or trusted.
 */
export async function openStore(databaseUrl: string, options: StoreOptions): Promise<OpenedStore> {
  const engine = await openEngine(databaseUrl, options);
  try {
    const encryption = await openEncryption(engine, options);
    const { orders = new Map() } = options;
    const store = createStore(engine, encryption, orders);
    // Another process may have changed the keys since this process started.
    const probe = async (now: Date) => {
      await encryption.assertUsable();
      await store.probe(now);
    };
    return {
      ...store,
      probe,
      merchants: createMerchants(engine, encryption, orders),
      maintenance: createMaintenance(engine, encryption),
      sessions: createSessionStore(engine),
      savedFilters: createSavedFilters(engine, encryption),
    };
  } catch (error) {
    await engine.close();
    throw isPostgresUrl(databaseUrl) ? postgresStartError(databaseUrl, error) : error;
  }
}

/** Opens only the database, without the encryption. The database is migrated to the schema of this version. */
export async function openEngine(databaseUrl: string, options: StoreOptions): Promise<StoreEngine> {
  const problem = problemOfDatabaseUrl(databaseUrl);
  if (problem) throw new Error(`databaseUrl ${problem}`);
  const path = sqlitePath(databaseUrl);
  return path === undefined ? openPostgresEngine(databaseUrl, options) : openSqliteEngine(path, options);
}

/** What is wrong with the URL of a database; `undefined` if its kind is known. Never quotes the URL. */
export function problemOfDatabaseUrl(databaseUrl: string): string | undefined {
  if (isPostgresUrl(databaseUrl)) return undefined;
  const path = sqlitePath(databaseUrl);
  if (path === undefined) return 'must be `sqlite:` and the path of a file, or a `postgres://` URL.';
  if (path === ':memory:') return 'must name a file, because memory loses callbacks.';
  if (/^file:/i.test(path)) return 'must have the path right after `sqlite:`, without `file:`.';
  if (path.includes('?')) return 'must have no parameters after the path of a SQLite file.';
  return /^\/\/(?!\/)/.test(path)
    ? 'must be `sqlite:callbacks.db` for a relative path, or `sqlite:/folder/callbacks.db` for an absolute one.'
    : undefined;
}

export function isPostgresUrl(databaseUrl: string): boolean {
  return /^postgres(ql)?:\/\//.test(databaseUrl);
}

/** The file path of a SQLite URL; `undefined` for another kind of URL. */
export function sqlitePath(databaseUrl: string): string | undefined {
  return /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
}
