import { Bell } from '../timing/wake-signal.ts';
import { checkNumber } from '../timing/assert-duration.ts';
import { AbortedError } from '../errors/aborted-error.ts';
import { ApiError } from '../errors/api-error.ts';
import { PartnerError } from '../errors/partner-error.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { member } from '../http/get-property.ts';
import type { OperationInput, OperationResult } from '../contract/operation-types.ts';
import type { CallOptions } from '../options.ts';
import { type DecisionWord, readDecision } from './read-decision.ts';
import { isPassing } from '../retry/retry-policy.ts';

/** A decision of the back office, as the provider itself confirmed it by a pull. */
export interface Decision {
  readonly decision: DecisionWord;
  readonly merchantId: string;
  /** The provider's own word, such as `Accepted`. */
  readonly status: string;
  /** The whole case, people's data included. */
  readonly merchant: OperationResult<'pullMerchant'>;
}

export interface WaitOptions {
  /** Ends the wait with an {@link AbortedError}. */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds after which the wait ends with a {@link WaitTimeoutError}.
   * @default 86_400_000, a day
   */
  deadlineMs?: number | undefined;
  /**
   * Milliseconds before the first pull: what was pushed shows after two or three minutes.
   * @default 150_000
   */
  firstPullAfterMs?: number | undefined;
  /**
   * Milliseconds between the first pulls; the pauses double, up to twenty times as much.
   * @default 30_000
   */
  intervalMs?: number | undefined;
  /** A decision that is known already, for whoever waits for its reversal: only the other one ends the wait. */
  after?: Decision | undefined;
  /**
   * Is told where the case stands whenever that has changed: `pending`, or `draft` where the merchant is to mend
   * something and submit it again, which is no decision and is waited out.
   */
  onStatus?: ((status: string) => void) | undefined;
}

/** Waits for decisions, by pull and by callback. */
export interface Decisions {
  /**
   * The decision on a merchant, once there is one.
   *
   * Pulls until the case is decided, whatever fails only for a while; a callback handed to `notify` makes it pull at
   * once.
   * @throws WaitTimeoutError, AbortedError, or what `pullMerchant` fails with for good.
   */
  waitFor(input: OperationInput<'pullMerchant'>, options?: WaitOptions): Promise<Decision>;
  /**
   * Hands a received callback to whoever waits for its merchant. It is never believed, only asked about: callbacks are
   * unsigned, so what decides is the pull that it brings about.
   *
   * @param callback - The payload as it came, whatever it holds.
   * @returns Whether anybody waits for that merchant.
   */
  notify(callback: unknown): boolean;
}

/** What pulls a merchant; a client does. */
export interface MerchantPuller {
  pullMerchant(
    input: OperationInput<'pullMerchant'>,
    options?: CallOptions,
  ): Promise<OperationResult<'pullMerchant'>>;
}

/**
 * Waits for decisions of the back office.
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
  const bells = new Map<string, Set<Bell>>();
  return {
    async waitFor(input, options = {}) {
      const { merchantId } = input;
      const bell = new Bell();
      const others = bells.get(merchantId) ?? new Set();
      bells.set(merchantId, others.add(bell));
      try {
        return await poll(partner, input, options, bell);
      } finally {
        others.delete(bell);
        if (others.size === 0) bells.delete(merchantId);
      }
    },
    notify(callback) {
      const waiting = bells.get(String(member(member(callback, 'merchantData'), 'id')));
      for (const bell of waiting ?? []) bell.ring();
      return waiting !== undefined;
    },
  };
}

async function poll(
  partner: MerchantPuller,
  input: OperationInput<'pullMerchant'>,
  options: WaitOptions,
  bell: Bell,
): Promise<Decision> {
  const { signal, after, onStatus } = options;
  const intervalMs = checkNumber('intervalMs', options.intervalMs ?? 30_000);
  const endsAt = performance.now() + checkNumber('deadlineMs', options.deadlineMs ?? 86_400_000);
  let pauseMs = checkNumber('firstPullAfterMs', options.firstPullAfterMs ?? 150_000);
  let nextPauseMs = intervalMs;
  let status: string | undefined;

  for (let pulls = 0; ; pulls += 1) {
    const leftMs = endsAt - performance.now();
    if (leftMs <= 0) throw new WaitTimeoutError(pulls, status);
    try {
      const rang = await bell.pause(Math.min(pauseMs, leftMs), signal);
      if (rang) nextPauseMs = intervalMs;
      pauseMs = nextPauseMs;
      nextPauseMs = Math.min(2 * nextPauseMs, 20 * intervalMs);

      const merchant = await partner.pullMerchant(input, { signal });
      const before = status;
      status = merchant.result.merchantData.basicDetails.status;
      if (status !== before) onStatus?.(status);
      const decision = readDecision(status);
      if (decision && decision !== after?.decision)
        return { decision, merchantId: input.merchantId, status, merchant };
    } catch (error) {
      if (signal?.aborted) throw new AbortedError({ operationId: 'pullMerchant', attempts: pulls });
      if (!(error instanceof PartnerError && isPassing(error))) throw error;
      if (error instanceof ApiError) pauseMs = Math.max(pauseMs, error.retryAfterMs ?? 0);
    }
  }
}
