import type { Post } from '../confirmations/life-of-merchants.ts';
import type { ReconcilePlan } from './reconcile-plans.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A callback that the handler got. */
export interface Delivered {
  readonly merchantId: string;
  readonly event: string;
  readonly isRecovered: boolean;
  readonly at: number;
  readonly body: string;
}

/** What a simulation found. */
export interface ReconcileResult {
  readonly posted: number;
  readonly forged: number;
  readonly recovered: number;
  readonly requests: number;
  readonly maxRequestsInMinute: number;
  /** Longest time from the last decision of a merchant to its delivery. */
  readonly maxDelayMs: number;
  /** Promises that were broken, in words. */
  readonly broken: readonly string[];
}

interface Found {
  readonly posts: readonly Post[];
  readonly delivered: readonly Delivered[];
  /** The bodies of callbacks in the quarantine. */
  readonly inQuarantine: readonly string[];
  readonly statusOf: (merchantId: string) => string | undefined;
  readonly merchantIds: readonly string[];
}

export function resultOf(
  plan: ReconcilePlan,
  found: Found,
  requests: number,
  maxRequestsInMinute: number,
): ReconcileResult {
  const { posts, delivered, inQuarantine } = found;
  const broken: string[] = [];
  let maxDelayMs = 0;
  for (const merchantId of found.merchantIds) {
    const own = delivered.filter((each) => each.merchantId === merchantId && each.event !== 'pending');
    const [status, last] = [found.statusOf(merchantId), own.at(-1)];
    if (last?.event !== status) broken.push(`${merchantId} is ${status}, and the handler got ${last?.event}`);
    const repeated = own.find((each, index) => index > 0 && own[index - 1]?.event === each.event);
    if (repeated) broken.push(`the ${repeated.event} of ${merchantId} was delivered twice`);
    const decided = posts.findLast((post) => post.merchantId === merchantId && !post.isForged);
    const delayMs = last && decided ? last.at - decided.at : 0;
    if (delayMs > maxDelayOf(plan)) broken.push(`the ${status} of ${merchantId} took ${delayMs} ms`);
    maxDelayMs = Math.max(maxDelayMs, delayMs);
  }
  for (const { body, merchantId } of posts.filter(({ isForged }) => isForged)) {
    if (!inQuarantine.includes(body)) broken.push(`the forged accept of ${merchantId} is in no quarantine`);
    if (delivered.some((each) => each.body === body)) broken.push(`a forged accept was delivered`);
  }
  if (maxRequestsInMinute > plan.pullsPerMinute) broken.push(`a minute has ${maxRequestsInMinute} requests`);
  return {
    posted: posts.length,
    forged: posts.filter(({ isForged }) => isForged).length,
    recovered: delivered.filter(({ isRecovered }) => isRecovered).length,
    requests,
    maxRequestsInMinute,
    maxDelayMs,
    broken,
  };
}

/**
 * Longest time to the next check: an hour, and a quarter of the time for which nothing has happened. A stale pull needs one
 * more check, which may take as long again. Retries and the outage add their time.
 */
function maxDelayOf({ hours, maxStaleMs, outageHour, isFlaky }: ReconcilePlan): number {
  const checkMs = hour + (hours * hour) / 4;
  const staleMs = maxStaleMs > 0 ? checkMs : 0;
  return checkMs + staleMs + (isFlaky ? 15 * minute : minute) + (outageHour === undefined ? 0 : 1.25 * hour);
}
