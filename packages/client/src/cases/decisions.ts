import type { PartnerOperations } from '../call/partner-operations.ts';
import type { OperationInput, OperationResult } from '../contract/operation-types.ts';
import { AbortedError } from '../errors/network-errors.ts';
import { PartnerError } from '../errors/partner-error.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { getProperty } from '../http/http-result.ts';
import { isTransient, retryAfterMsOf } from '../retry/retry-policy.ts';
import { assertPositiveLimit } from '../timing/assert-positive-limit.ts';
import { sleep } from '../timing/until-aborted.ts';

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
   * Time after which the wait ends with a {@link WaitTimeoutError}, in milliseconds.
   * @default 86_400_000 (a day)
   */
  deadlineMs?: number | undefined;
  /**
   * Time before the first pull, in milliseconds. Pushed data appears after two or three minutes.
   * @default 150_000
   */
  firstPullAfterMs?: number | undefined;
  /**
   * Time between the first two pulls, in milliseconds. It doubles with each pull, up to twenty times this value.
   * @default 30_000
   */
  intervalMs?: number | undefined;
  /** A decision that you know already. Only the opposite decision, its reversal, then ends the wait. */
  after?: Decision | undefined;
  /**
   * Called with the status whenever it has changed: `pending`, or `draft` if the merchant has to correct something and
   * submit again. A draft is not a decision, so the wait continues.
   */
  onStatus?: ((status: string) => void) | undefined;
}

/** Waits for decisions, with pulls and callbacks. */
export interface Decisions {
  /**
   * Resolves to the decision on a merchant.
   *
   * Pulls until the case is decided, and outlasts transient failures. A callback that is passed to `notify` makes it
   * pull immediately.
   * @throws WaitTimeoutError, AbortedError, or the permanent failure of a pull.
   */
  waitFor(input: OperationInput<'pullMerchant'>, options?: WaitOptions): Promise<Decision>;
  /**
   * Wakes the waits for the merchant of a received callback. The callback itself decides nothing, because callbacks are
   * unsigned: it only makes the waits pull.
   *
   * @param callback - The payload as received. Any value is accepted.
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
  const waits = new Map<string, Set<Wait>>();
  return {
    async waitFor(input, options = {}) {
      const { merchantId } = input;
      const wait: Wait = { waker: new AbortController() };
      const waitsForMerchant = waits.get(merchantId) ?? new Set();
      waits.set(merchantId, waitsForMerchant.add(wait));
      try {
        return await pollForDecision(partner, input, options, wait);
      } finally {
        waitsForMerchant.delete(wait);
        if (waitsForMerchant.size === 0) waits.delete(merchantId);
      }
    },
    notify(callback) {
      const merchantId = getProperty(getProperty(callback, 'merchantData'), 'id');
      const waitsForMerchant = waits.get(String(merchantId));
      for (const { waker } of waitsForMerchant ?? []) waker.abort();
      return waitsForMerchant !== undefined;
    },
  };
}

/** Reads the decision from a status, if there is one. The provider varies its spelling: `accept`, `Accepted`. */
export function readDecision(status: string): DecisionWord | undefined {
  const [, word] = /^\s*(accept|reject)(ed)?\s*$/i.exec(status) ?? [];
  return word?.toLowerCase() as DecisionWord | undefined;
}

interface Wait {
  /** Ends the current sleep, or the next sleep if nobody is asleep. */
  waker: AbortController;
}

async function pollForDecision(
  partner: MerchantPuller,
  input: OperationInput<'pullMerchant'>,
  options: WaitOptions,
  wait: Wait,
): Promise<Decision> {
  const { signal, after, onStatus } = options;
  const { intervalMs = 30_000, deadlineMs = 86_400_000, firstPullAfterMs = 150_000 } = options;
  const limits = { intervalMs, deadlineMs, firstPullAfterMs };
  for (const [name, value] of Object.entries(limits)) assertPositiveLimit(name, value);
  const endsAt = performance.now() + deadlineMs;
  let delayMs = firstPullAfterMs;
  let nextDelayMs = intervalMs;
  let status: string | undefined;

  for (let pulls = 0; ; pulls += 1) {
    const remainingMs = endsAt - performance.now();
    if (remainingMs <= 0) throw new WaitTimeoutError(pulls, status);
    try {
      const wakeSignal = wait.waker.signal;
      const endSignal = signal ? AbortSignal.any([signal, wakeSignal]) : wakeSignal;
      await sleep(Math.min(delayMs, remainingMs), endSignal).catch(() => signal?.throwIfAborted());
      if (wakeSignal.aborted) {
        wait.waker = new AbortController();
        nextDelayMs = intervalMs;
      }
      delayMs = nextDelayMs;
      nextDelayMs = Math.min(2 * nextDelayMs, 20 * intervalMs);

      const merchant = await partner.pullMerchant(input, { signal });
      const previousStatus = status;
      status = merchant.result.merchantData.basicDetails.status;
      if (status !== previousStatus) onStatus?.(status);
      const decision = readDecision(status);
      if (decision && decision !== after?.decision)
        return { decision, merchantId: input.merchantId, status, merchant };
    } catch (error) {
      if (signal?.aborted) throw new AbortedError({ operationId: 'pullMerchant', attempts: pulls });
      if (!(error instanceof PartnerError && isTransient(error))) throw error;
      delayMs = Math.max(delayMs, retryAfterMsOf(error));
    }
  }
}
