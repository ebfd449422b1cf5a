import type { StoreMaintenance } from '../store/store-maintenance.ts';

/** How many days data is kept. */
export interface Retention {
  /** Days until a purge replaces exact bodies by masked copies. @default 7 */
  readonly bodyDays?: number;
  /** Days until a purge drops callbacks, with their receipts, deliveries and attempts. @default 396 (13 months) */
  readonly callbackDays?: number;
  /** Days until a purge drops audit entries. @default 396 */
  readonly auditDays?: number;
}

/** The times before which a purge masks or drops data. Data without such a time is left alone. */
interface PurgeOptions {
  /** Who asks, for the audit. */
  readonly actor: string;
  /** Bodies received before this time are replaced by masked copies. */
  readonly bodiesBefore?: Date;
  /** Callbacks received before this time are dropped, with their receipts, deliveries and attempts. */
  readonly callbacksBefore?: Date;
  /** Audit entries from before this time are dropped. */
  readonly auditBefore?: Date;
}

/** How many bodies were masked, and how many callbacks and audit entries were dropped. */
interface PurgeCounts {
  readonly bodies: number;
  readonly callbacks: number;
  readonly audit: number;
}

/** The times before which data has exceeded its retention. */
export function purgeCutoffs(retention: Retention, now: Date): Required<Omit<PurgeOptions, 'actor'>> {
  const { bodyDays = 7, callbackDays = 396, auditDays = 396 } = retention;
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3600 * 1000);
  return {
    bodiesBefore: daysAgo(bodyDays),
    callbacksBefore: daysAgo(callbackDays),
    auditBefore: daysAgo(auditDays),
  };
}

/**
 * Masks and drops data that has exceeded its retention. Callbacks with an open delivery are never touched, at any age.
 *
 * @param onProgress - Called after each batch with the counts so far.
 */
export async function purge(
  maintenance: StoreMaintenance,
  options: PurgeOptions,
  onProgress: (counts: PurgeCounts) => void = () => {},
): Promise<PurgeCounts> {
  const { actor, bodiesBefore, callbacksBefore, auditBefore } = options;
  const counts = { bodies: 0, callbacks: 0, audit: 0 };
  const count = async (kind: keyof PurgeCounts, batches: AsyncGenerator<number> | undefined) => {
    for await (const changed of batches ?? []) {
      counts[kind] += changed;
      onProgress({ ...counts });
    }
  };
  // Drop first: a dropped callback needs no masked copy.
  await count('callbacks', callbacksBefore && maintenance.dropCallbacks(callbacksBefore));
  await count('bodies', bodiesBefore && maintenance.maskBodies(bodiesBefore));
  await count('audit', auditBefore && maintenance.dropAudit(auditBefore));
  await maintenance.compact();
  await maintenance.audit({ at: new Date(), actor, action: 'purge', details: { ...counts } });
  return counts;
}
