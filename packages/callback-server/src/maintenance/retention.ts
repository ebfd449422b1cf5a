import type { PurgeOptions } from './purge.ts';

/** How many days each is kept. */
export interface Retention {
  /** Exact bodies, which then give way to masked copies. @default 7 */
  readonly bodyDays?: number;
  /** Callbacks, with all that belongs to them. @default 396, which is 13 months */
  readonly callbackDays?: number;
  /** The audit. @default 396 */
  readonly auditDays?: number;
}

/** What has been kept for its time by now. */
export function endOf(retention: Retention, now: Date): Required<Omit<PurgeOptions, 'actor'>> {
  const { bodyDays = 7, callbackDays = 396, auditDays = 396 } = retention;
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3600 * 1000);
  return {
    bodiesBefore: daysAgo(bodyDays),
    callbacksBefore: daysAgo(callbackDays),
    auditBefore: daysAgo(auditDays),
  };
}
