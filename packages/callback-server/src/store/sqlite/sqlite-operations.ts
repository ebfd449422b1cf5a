import type { DatabaseSync } from 'node:sqlite';
import type { StoreEngine } from '../engine/store-engine.ts';
import { createCallbackOperations } from './sqlite-callbacks.ts';
import { createKeyOperations } from './sqlite-keys.ts';
import { createMaintenanceOperations } from './sqlite-maintenance.ts';
import { createSession } from './sqlite-session.ts';
import type { Synchronous } from './synchronous.ts';

/** What the engine does with its database. Those that write do so within a transaction of their caller's. */
export type SqliteOperations = Synchronous<Omit<StoreEngine, 'compact' | 'close'>>;

/** @param holder - Names this run of the server, so that claims of an earlier one are told apart. */
export function createSqliteOperations(database: DatabaseSync, holder: string): SqliteOperations {
  const session = createSession(database);
  return {
    ...createCallbackOperations(session, holder),
    ...createKeyOperations(session),
    ...createMaintenanceOperations(session),
  };
}
