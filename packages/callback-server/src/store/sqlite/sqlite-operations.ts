import type { DatabaseSync } from 'node:sqlite';
import type { StoreEngine } from '../engine/store-engine.ts';
import { createCallbackOperations } from './sqlite-callbacks.ts';
import { createDeliveryOperations } from './sqlite-deliveries.ts';
import { createKeyOperations } from './sqlite-keys.ts';
import { createMaintenanceOperations } from './sqlite-maintenance.ts';
import { createSession, type Synchronous } from './sqlite-session.ts';

/** The operations of the database thread. The caller provides the transaction for those that write. */
export type SqliteOperations = Synchronous<Omit<StoreEngine, 'compact' | 'close'>>;

/** @param holder - Identifies this run of the server, so that claims of an earlier run are recognised. */
export function createSqliteOperations(database: DatabaseSync, holder: string): SqliteOperations {
  const session = createSession(database);
  return {
    ...createCallbackOperations(session),
    ...createDeliveryOperations(session, holder),
    ...createKeyOperations(session),
    ...createMaintenanceOperations(session),
  };
}
