import type { StoreMaintenance } from '../store/store-maintenance.ts';
import { findSilence } from './find-silence.ts';
import { PurgeError } from './purge-error.ts';

/** How many days data is kept. */
export interface Retention {
  /** Days until a purge replaces exact bodies by masked copies. @default 7 */
  readonly bodyDays?: number;
  /** Days until a purge drops callbacks, with their receipts, deliveries and attempts. @default 396 (13 months) */
  readonly callbackDays?: number;
  /** Days until a purge drops audit entries. @default 396 */
  readonly auditDays?: number;
}

const noCounts = { bodies: 0, callbacks: 0, audit: 0, damaged: 0 };

/** The times before which data has exceeded its retention. */
function purgeCutoffs(retention: Retention, now: Date) {
  const { bodyDays = 7, callbackDays = 396, auditDays = 396 } = retention;
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3600 * 1000);
  return {
    bodiesBefore: daysAgo(bodyDays),
    callbacksBefore: daysAgo(callbackDays),
    auditBefore: daysAgo(auditDays),
  };
}

interface RetentionPurge {
  /** Who asks, for the audit. */
  readonly actor: string;
  readonly retention: Retention;
  /** The operator says that the clock is right, although nothing was stored for some time. */
  readonly isClockRight: boolean;
  /** How the operator can say that the clock is right. */
  readonly howToConfirm: string;
  /** Called with the id of each callback that is left as it is, because its row is damaged. */
  readonly onDamaged?: (id: string) => void;
}

/**
 * Purges by the retention and this machine's clock.
 *
 * @throws PurgeError if the clock may have jumped. Nothing was changed then.
 */
export async function purgeByRetention(
  maintenance: StoreMaintenance,
  { actor, retention, isClockRight, howToConfirm, onDamaged }: RetentionPurge,
  onProgress?: (counts: typeof noCounts) => void,
): Promise<typeof noCounts> {
  const now = new Date();
  const silentSince = isClockRight ? undefined : await findSilence(maintenance.times, now);
  if (silentSince)
    throw new PurgeError(
      `Nothing was purged. The clock says ${now.toISOString()}, but nothing was stored for more than three days after ${silentSince.toISOString()}: the clock may have jumped, and a purge would delete too much. Check the clock with \`doctor\`. If it is right, ${howToConfirm}.`,
    );
  const asked = { actor, ...purgeCutoffs(retention, now), ...(onDamaged && { onDamaged }) };
  return purge(maintenance, asked, onProgress);
}

interface PurgeOptions extends Partial<ReturnType<typeof purgeCutoffs>>, Pick<RetentionPurge, 'onDamaged'> {
  /** Who asks, for the audit. */
  readonly actor: string;
}

/**
 * Masks and drops data that has exceeded its retention. Callbacks with an open delivery are never touched, at any age. A
 * damaged callback is left as it is, and the purge goes on with the others. Resolves to how many bodies were masked, how
 * many callbacks and audit entries were dropped, and how many callbacks are damaged.
 *
 * @param options - The times before which data is masked or dropped. Data without such a time is left alone.
 * @param onProgress - Called after each batch with the counts so far.
 */
export async function purge(
  maintenance: StoreMaintenance,
  { actor, bodiesBefore, callbacksBefore, auditBefore, onDamaged = () => {} }: PurgeOptions,
  onProgress: (counts: typeof noCounts) => void = () => {},
): Promise<typeof noCounts> {
  const counts = { ...noCounts };
  const count = async (kind: keyof typeof counts, batches: AsyncGenerator<number> | undefined) => {
    for await (const changed of batches ?? []) {
      counts[kind] += changed;
      onProgress({ ...counts });
    }
  };
  // A callback that can be neither dropped nor masked counts once.
  const damaged = new Set<string>();
  const name = (id: string) => {
    if (damaged.has(id)) return;
    damaged.add(id);
    counts.damaged += 1;
    onDamaged(id);
  };
  // Drop first: a dropped callback needs no masked copy.
  await count('callbacks', callbacksBefore && maintenance.dropCallbacks(callbacksBefore, name));
  await count('bodies', bodiesBefore && maintenance.maskBodies(bodiesBefore, name));
  await count('audit', auditBefore && maintenance.dropAudit(auditBefore));
  await maintenance.dropEndedSessions();
  await maintenance.compact();
  await maintenance.audit({ at: new Date(), actor, action: 'purge', details: { ...counts } });
  return counts;
}
