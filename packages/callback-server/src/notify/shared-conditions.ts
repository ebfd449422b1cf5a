import type { MerchantCounts } from '../store/engine/merchant-rows.ts';
import type { Condition } from './notification.ts';

/** What is known of callbacks and merchants, whichever server has received or checked them. */
interface SharedState {
  /** Milliseconds without a callback. */
  readonly quietMs: number;
  readonly merchants: MerchantCounts;
}

export interface ConditionLimits {
  /** Milliseconds without a callback after which a condition begins; 0 for never. @default a day, if merchants are known */
  readonly maxQuietMs: number | undefined;
  /** Milliseconds that a check may be late; `undefined` if this server checks no merchant. */
  readonly overdueMs: number | undefined;
}

const dayMs = 24 * 3_600_000;

/** Decides which conditions last. */
export function sharedConditions(
  { quietMs, merchants }: SharedState,
  { maxQuietMs = defaultMaxQuietMs(merchants), overdueMs }: ConditionLimits,
): Condition[] {
  const { overdue, oldestOverdueMs, unverifiable } = merchants;
  const conditions: Condition[] = [];
  if (maxQuietMs > 0 && quietMs >= maxQuietMs)
    conditions.push({ kind: 'no-callbacks', minutes: Math.round(maxQuietMs / 60_000) });
  if (overdueMs === undefined) return conditions;
  if (overdue > 0 && (oldestOverdueMs ?? 0) >= overdueMs)
    conditions.push({ kind: 'overdue', count: overdue });
  if (unverifiable > 0) conditions.push({ kind: 'unverifiable', count: unverifiable });
  return conditions;
}

/** Without merchants, no callback is expected. */
function defaultMaxQuietMs({ known }: MerchantCounts): number {
  return known > 0 ? dayMs : 0;
}
