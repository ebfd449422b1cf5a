import type { DatabaseSync } from 'node:sqlite';
import { createElapsedClock } from '../../time/elapsed-clock.ts';
import { createSharedMethods, type SharedEngine } from '../engine/shared-operations.ts';
import type { StoreEngine } from '../engine/store-engine.ts';
import { addDataKey, replaceDataKey } from './key-statements.ts';
import { createCallbackOperations } from './sqlite-callbacks.ts';
import { createDeliveryOperations } from './sqlite-deliveries.ts';
import { createMaintenanceOperations } from './sqlite-maintenance.ts';
import { createMerchantOperations } from './sqlite-merchants.ts';
import { createSession, type Synchronous } from './sqlite-session.ts';
import { undamaged } from './undamaged.ts';

/** The operations of the database thread. The caller provides the transaction for those that write. */
export type SqliteOperations = Synchronous<
  Omit<StoreEngine, 'beginEncryption' | 'compact' | 'partitions' | 'close'>
>;

/** @param holder - Identifies this run of the server, so that claims of an earlier run are recognised. */
export function createSqliteOperations(database: DatabaseSync, holder: string): SqliteOperations {
  const session = createSession(database);
  const now = createElapsedClock();
  const { run, all } = session;
  const shared = createSharedMethods(({ access, text, toResult }, values) =>
    access === 'read' ? toResult(all(text, values), 0) : toResult([], run(text, values)),
  ) as Synchronous<SharedEngine>;
  return {
    ...shared,
    dropAudit: (...args) => undamaged(() => shared.dropAudit(...args)),
    ...createCallbackOperations(session, now),
    ...createDeliveryOperations(session, holder, now),
    ...createMerchantOperations(session, now),
    addDataKey: (owner, key, now) => {
      run(addDataKey, { ...key, owner, madeAt: now });
      return shared.dataKeyOf(owner);
    },
    replaceDataKeys: (keys) => {
      for (const key of keys) run(replaceDataKey, { ...key });
    },
    ...createMaintenanceOperations(session, now),
  };
}
