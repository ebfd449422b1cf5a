import type { CallbackStore } from './callback-store.ts';
import { createStore } from './create-store.ts';
import { openVault } from './seal/vault.ts';
import { openSqliteEngine } from './sqlite/sqlite-engine.ts';
import type { StoreOptions } from './store-options.ts';

/**
 * The store that a database URL names.
 *
 * @throws Error for an engine that this version does not have, or a database that cannot be trusted.
 */
export async function openStore(databaseUrl: string, options: StoreOptions): Promise<CallbackStore> {
  const path = sqlitePath(databaseUrl);
  if (path === undefined)
    throw new Error(
      'databaseUrl must be `sqlite:` and the path of a file. This version has no other engine.',
    );
  return createStore(await openSqliteEngine(path, options), openVault);
}

/** The path in a SQLite URL; nothing where it is another kind of URL. */
export function sqlitePath(databaseUrl: string): string | undefined {
  return /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
}
