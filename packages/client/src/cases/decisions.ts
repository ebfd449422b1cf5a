import { requestLines, statusWords } from '@partner-ecosystem/openapi/operations';
import type { PartnerOperations } from '../call/partner-operations.ts';
import type { OperationInput, OperationResult } from '../contract/operation-types.ts';
import { ContractError } from '../errors/contract-error.ts';
import { AbortedError, TimeoutError } from '../errors/network-errors.ts';
import { isPartnerError } from '../errors/partner-error.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { callListener } from '../events/call-listener.ts';
import { unchecked } from '../http/http-result.ts';
import { fillInPath } from '../http/outgoing-request.ts';
import { isTransient, retryAfterMsOf } from '../retry/retry-policy.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';
import { callbackFloorMs, type Pace, type PulledMerchant, PullSchedule } from './pull-schedule.ts';

/** What the back office decided. */
export type DecisionWord = 'accept' | 'reject';

/** A decision of the back office, confirmed by a pull. */
export interface Decision {
  readonly decision: DecisionWord;
  readonly merchantId: string;
  /** Status as the provider spells it, such as `Accepted`. */
  readonly status: string;
  /** The whole case, including personal data. */
  readonly merchant: OperationResult<'pullMerchant'>;
}

export interface WaitOptions {
  /** Ends the wait with an {@link AbortedError}. */
  signal?: AbortSignal | undefined;
  /**
   * Time after which the wait ends with a {@link WaitTimeoutError}, in milliseconds. The deadline also ends a pull
   * that is in progress, so the last pull begins 10 s earlier, or halfway through a shorter deadline.
   * @default 86_400_000 (a day)
   */
  deadlineMs?: number | undefined;
  /**
   * Time before the first pull, in milliseconds. Pushed data appears after two or three minutes. With 0 the wait begins with
   * a pull.
   * @default 150_000
   */
  firstPullAfterMs?: number | undefined;
  /**
   * Time between the first two pulls, in milliseconds. This time doubles with each pull, up to twenty times this
   * value.
   * @default 30_000
   */
  intervalMs?: number | undefined;
  /** A decision that you know already. Only the opposite decision, its reversal, then ends the wait. */
  after?: Decision | undefined;
  /**
   * Called with the first status, and with each changed status, such as `pending`, or `draft` if the merchant has to
   * correct something and submit again. A draft is not a decision, so the wait continues. The wait ignores errors of this
   * function.
   */
  onStatus?: ((status: string) => unknown) | undefined;
}

/** Waits for decisions, with pulls and callbacks. */
export interface Decisions {
  /**
   * Resolves to the decision on a merchant.
   *
   * Pulls until the case is decided, and continues after transient failures. A callback that is passed to `notify` makes
   * the wait pull immediately, but at least 5 s after the last pull of the merchant. While a `Retry-After` asks to wait,
   * callbacks cause no pull. A `Retry-After` delays the wait's own pulls by five minutes at most. Waits for one merchant
   * share the pull that a callback causes.
   * @throws WaitTimeoutError, AbortedError, or the permanent failure of a pull. ContractError if a pull has no
   * status. TypeError, RangeError before the first pull, if the input or an option is invalid.
   */
  waitFor(input: OperationInput<'pullMerchant'>, options?: WaitOptions): Promise<Decision>;
  /**
   * Wakes the waits for the merchant of a received callback. The callback itself decides nothing, because callbacks are
   * unsigned: it only makes the waits pull.
   *
   * @param callback - The payload as received. Any value is accepted, and none makes this method throw.
   * @returns Whether there is a wait for that merchant.
   */
  notify(callback: unknown): boolean;
}

/** Pulls merchants, as every client does. */
export type MerchantPuller = Pick<PartnerOperations, 'pullMerchant'>;

/**
 * Creates {@link Decisions}, which waits for decisions of the back office.
 *
 * @example
 * ```ts
 * const decisions = createDecisions(partner);
 * server.on('accept', ({ payload }) => void decisions.notify(payload));
 * server.on('reject', ({ payload }) => void decisions.notify(payload));
 *
 * const { decision } = await decisions.waitFor({ merchantId, realmId }, { signal, deadlineMs: 3_600_000 });
 * ```
 */
export function createDecisions(partner: MerchantPuller): Decisions {
  const pace: Pace = { retryAt: 0 };
  const merchants = new Map<string, PulledMerchant>();
  /** Merchants whose waits have ended, in the order of these ends. The next wait needs the time of the last pull. */
  const ended = new Map<string, PulledMerchant>();
  const forgetEnded = () => {
    const latest = performance.now() - callbackFloorMs;
    for (const [id, { pulledAt }] of ended) {
      if (pulledAt > latest) break;
      ended.delete(id);
    }
  };
  return {
    async waitFor(given, options = {}) {
      // The caller may change the input while the wait lasts.
      const input = { ...given };
      const path = fillInPath({ ...requestLines.pullMerchant, operationId: 'pullMerchant' }, input);
      const { merchantId } = input;
      const { intervalMs = 30_000, deadlineMs = 86_400_000, firstPullAfterMs = 150_000 } = options;
      forgetEnded();
      const merchant = merchants.get(merchantId) ??
        ended.get(merchantId) ?? { pulledAt: Number.NEGATIVE_INFINITY, schedules: new Set() };
      const schedule = new PullSchedule(pace, merchant, path, { intervalMs, deadlineMs, firstPullAfterMs });
      ended.delete(merchantId);
      merchants.set(merchantId, merchant);
      merchant.schedules.add(schedule);
      try {
        return await waitForDecision(
          partner,
          { input, path, merchant },
          { ...options, deadlineMs },
          schedule,
        );
      } finally {
        merchant.schedules.delete(schedule);
        if (merchant.schedules.size === 0) {
          merchants.delete(merchantId);
          ended.set(merchantId, merchant);
          forgetEnded();
        }
      }
    },
    notify(callback) {
      const merchant = merchants.get(readMerchantId(callback));
      for (const schedule of merchant?.schedules ?? []) schedule.call();
      return merchant !== undefined;
    },
  };
}

function readMerchantId(callback: unknown): string {
  try {
    const id = unchecked(unchecked(callback)?.['merchantData'])?.['id'];
    return typeof id === 'string' ? id : '';
  } catch {
    // Reading a property can throw if the value is not JSON.
    return '';
  }
}

const decisionWords = ['accept', 'reject'] as const;

/**
 * Reads the decision from a status, if the status is a decision. The provider varies the spelling: `accept`, `Accepted`.
 *
 * @param status - The status as received. Any value is accepted.
 */
export function readDecision(status: unknown): DecisionWord | undefined {
  if (typeof status !== 'string') return undefined;
  const given = status.trim().toLowerCase();
  return decisionWords.find((decision) => statusWords[decision].some((word) => word.toLowerCase() === given));
}

/** What a wait pulls. */
interface PullTarget {
  readonly input: OperationInput<'pullMerchant'>;
  /** Path and query of the pull. */
  readonly path: string;
  readonly merchant: PulledMerchant;
}

async function waitForDecision(
  partner: MerchantPuller,
  { input, path, merchant: { schedules } }: PullTarget,
  { signal, after, onStatus, deadlineMs }: WaitOptions & { readonly deadlineMs: number },
  schedule: PullSchedule,
): Promise<Decision> {
  let pulls = 0;
  let status: string | undefined;
  const poll = async (end: AbortSignal): Promise<Decision> => {
    for (;;) {
      const { isCalled, startedAt, response } = await schedule.next(end);
      if (!response) pulls += 1;
      try {
        // `postpone` makes all waits respect a Retry-After, so `pullMerchant` does not wait for it. A callback causes a
        // single request.
        const retry = isCalled ? false : { maxRetryAfterMs: 0 };
        const merchant = response?.merchant ?? (await partner.pullMerchant(input, { signal: end, retry }));
        if (!response)
          for (const other of schedules) if (other !== schedule) other.share({ path, startedAt, merchant });
        const previousStatus = status;
        status = readStatus(merchant, pulls);
        if (onStatus && status !== previousStatus) void callListener(onStatus, status);
        const decision = readDecision(status);
        if (decision && decision !== after?.decision)
          return { decision, merchantId: input.merchantId, status, merchant };
      } catch (error) {
        if (!(isPartnerError(error) && isTransient(error))) throw error;
        schedule.postpone(retryAfterMsOf(error));
      }
    }
  };
  try {
    return await withTimeLimit(
      { timeoutMs: deadlineMs, signal },
      { operationId: 'pullMerchant', attempts: pulls },
      poll,
    );
  } catch (error) {
    if (signal?.aborted) throw new AbortedError({ operationId: 'pullMerchant', attempts: pulls });
    // A wait continues after the TimeoutError of a pull, so only the deadline ends the wait with a TimeoutError.
    throw error instanceof TimeoutError ? new WaitTimeoutError(pulls, status) : error;
  }
}

/** @throws ContractError if the case has no status. */
function readStatus(merchant: unknown, attempts: number): string {
  const path = ['result', 'merchantData', 'basicDetails', 'status'];
  const status = path.reduce<unknown>((value, name) => unchecked(value)?.[name], merchant);
  if (typeof status === 'string') return status;
  const violation = { pointer: `/${path.join('/')}`, keyword: 'type', expected: 'type string' };
  throw new ContractError({ operationId: 'pullMerchant', attempts }, 'response', [violation]);
}
