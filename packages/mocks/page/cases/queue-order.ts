import type { MerchantSummary, Status } from '../control/schemas.ts';

export interface QueueFilters {
  readonly status?: string;
  /** A part of the reference or of the id, in any case. */
  readonly search?: string;
}

/** Pending cases come first, the longest waiting first. The other cases follow, newest first. */
export function inQueueOrder(cases: readonly MerchantSummary[]): readonly MerchantSummary[] {
  const isPending = ({ status }: MerchantSummary) => status === 'pending';
  const pending = cases.filter(isPending).sort((one, other) => waitingSince(one) - waitingSince(other));
  const others = cases
    .filter((each) => !isPending(each))
    .sort((one, other) => other.createdAt - one.createdAt);
  return [...pending, ...others];
}

export function selectCases(
  cases: readonly MerchantSummary[],
  { status, search = '' }: QueueFilters,
): readonly MerchantSummary[] {
  const wanted = search.trim().toLowerCase();
  return cases.filter(
    (each) =>
      (!status || each.status === status) &&
      (wanted === '' || each.id.includes(wanted) || each.signzyAppId.toLowerCase().includes(wanted)),
  );
}

/** Returns the pending case to look at after a decision: the next one in the queue, or else the first one. */
export function nextPending(
  queue: readonly MerchantSummary[],
  decided: ReadonlySet<string>,
): MerchantSummary | undefined {
  const at = queue.findIndex(({ id }) => decided.has(id));
  const isOpen = ({ id, status }: MerchantSummary) => status === 'pending' && !decided.has(id);
  return queue.slice(at + 1).find(isOpen) ?? queue.find(isOpen);
}

export function countByStatus(cases: readonly MerchantSummary[]): ReadonlyMap<Status, number> {
  const counts = new Map<Status, number>();
  for (const { status } of cases) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

function waitingSince({ submittedAt, createdAt }: MerchantSummary): number {
  return submittedAt ?? createdAt;
}
