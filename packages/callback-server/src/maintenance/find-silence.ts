import { timeOfId } from '../store/engine/callback-id.ts';
import type { StoreMaintenance } from '../store/store-maintenance.ts';

/** A daily purge may fail twice, even if no callback arrives. */
const maxSilenceMs = 3 * 24 * 3600 * 1000;

/**
 * Looks for a silence since the last purge or the oldest callback: more than three days in which nothing was stored.
 * Either nothing happened, or the clock has jumped: what seems to be old may have arrived yesterday. A jump before the
 * newest callbacks is found too, because it is a silence between two callbacks. Resolves to when the silence began.
 *
 * The cost is a look into an index for each three days.
 */
export async function findSilence(
  { lastPurgeAt, oldestId, newestIdBefore }: StoreMaintenance['times'],
  now: Date,
): Promise<Date | undefined> {
  const oldest = await oldestId();
  let seen = (await lastPurgeAt()) ?? (oldest === undefined ? now : timeOfId(oldest));
  while (now.getTime() - seen.getTime() > maxSilenceMs) {
    const newest = await newestIdBefore(new Date(seen.getTime() + maxSilenceMs));
    const next = newest === undefined ? seen : timeOfId(newest);
    if (next <= seen) return seen;
    seen = next;
  }
  return undefined;
}
