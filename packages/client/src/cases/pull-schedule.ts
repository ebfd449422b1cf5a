import type { OperationResult } from '../contract/operation-types.ts';
import { longestRetryAfterMs } from '../retry/retry-policy.ts';
import { assertLimit, maxTimerMs } from '../timing/assert-limit.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';

/**
 * Minimum time between a pull of a merchant and the next pull that a callback causes, in milliseconds. Without this limit,
 * anybody could cause many pulls, because anybody can post a callback.
 */
export const callbackFloorMs = 5000;
/** Time that the last pull has before the deadline. */
const lastPullMs = 10_000;

/** What the schedules of all merchants share. */
export interface Pace {
  /** End of the delay that the provider asked for, on the clock of `performance.now()`. No callback shortens the delay. */
  retryAt: number;
}

/** What the schedules of one merchant share. */
export interface PulledMerchant {
  /** Start of the last pull, on the clock of `performance.now()`. */
  pulledAt: number;
  readonly schedules: Set<PullSchedule>;
}

/** The response to a pull, which the schedules of its merchant share. */
export interface PullResponse {
  /** Path and query of the pull. */
  readonly path: string;
  /** Start of the pull, on the clock of `performance.now()`. */
  readonly startedAt: number;
  readonly merchant: OperationResult<'pullMerchant'>;
}

/** A pull that is due, or the response to a pull that has just been made. */
export interface Turn {
  /** Whether a callback caused this turn. */
  readonly isCalled: boolean;
  readonly startedAt: number;
  readonly response?: PullResponse | undefined;
}

export interface PullTimes {
  readonly firstPullAfterMs: number;
  readonly intervalMs: number;
  readonly deadlineMs: number;
}

/** Times of the pulls of one wait. */
export class PullSchedule {
  readonly #pace: Pace;
  readonly #merchant: PulledMerchant;
  readonly #path: string;
  readonly #intervalMs: number;
  readonly #lastPullAt: number;
  readonly #endsAt: number;
  #dueAt: number;
  #nextDelayMs: number;
  /** First and last callback that no pull has followed. */
  #firstCallAt = Number.POSITIVE_INFINITY;
  #lastCallAt = 0;
  #response: PullResponse | undefined;
  #wake = () => {};

  /**
   * @param path - Path and query of the pulls.
   * @throws RangeError if a time is not usable.
   */
  constructor(
    pace: Pace,
    merchant: PulledMerchant,
    path: string,
    { firstPullAfterMs, intervalMs, deadlineMs }: PullTimes,
  ) {
    assertLimit('firstPullAfterMs', firstPullAfterMs, 0);
    assertLimit('intervalMs', intervalMs);
    assertLimit('deadlineMs', deadlineMs);
    const now = performance.now();
    this.#pace = pace;
    this.#merchant = merchant;
    this.#path = path;
    this.#intervalMs = this.#nextDelayMs = intervalMs;
    this.#dueAt = now + firstPullAfterMs;
    this.#endsAt = now + deadlineMs;
    this.#lastPullAt = now + Math.max(deadlineMs / 2, deadlineMs - lastPullMs);
  }

  /** Takes note of a callback. */
  call(): void {
    this.#lastCallAt = performance.now();
    this.#firstCallAt = Math.min(this.#firstCallAt, this.#lastCallAt);
    this.#wake();
  }

  /**
   * Takes note of the response to a pull of the merchant by another schedule. The response counts only after a
   * callback: without a callback, the schedule keeps the times of its own pulls.
   */
  share(response: PullResponse): void {
    if (response.path !== this.#path || this.#firstCallAt > response.startedAt) return;
    this.#response = response;
    this.#wake();
  }

  /**
   * Resolves when a pull is due, or when another schedule has shared a response. A due pull then counts as begun. Rejects
   * when the signal is aborted.
   */
  async next(signal: AbortSignal): Promise<Turn> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#response) return this.#begin(this.#response.startedAt, this.#response);
      const now = performance.now();
      const waitMs = this.#nextPullAt() - now;
      if (waitMs <= 0) {
        this.#merchant.pulledAt = now;
        return this.#begin(now);
      }
      const called = Promise.withResolvers<void>();
      this.#wake = called.resolve;
      // A provider can ask for more time than a timer can wait. A timer that ends early is followed by another timer.
      const limits = { timeoutMs: Math.min(waitMs, maxTimerMs), signal };
      const call = { operationId: 'pullMerchant', attempts: 0 } as const;
      await withTimeLimit(limits, call, () => called.promise).catch(() => {});
    }
  }

  /**
   * Applies the delay that the provider asks for: to the wait's own pulls for at most five minutes, and to pulls that
   * callbacks cause until the end of this wait at most.
   */
  postpone(retryAfterMs: number): void {
    const now = performance.now();
    this.#dueAt = Math.max(this.#dueAt, now + Math.min(retryAfterMs, longestRetryAfterMs));
    this.#pace.retryAt = Math.max(this.#pace.retryAt, Math.min(now + retryAfterMs, this.#endsAt));
  }

  #nextPullAt(): number {
    const { pulledAt } = this.#merchant;
    const lastPullAt = pulledAt < this.#lastPullAt ? this.#lastPullAt : this.#dueAt;
    const calledAt = this.#isCalled() ? pulledAt + callbackFloorMs : this.#dueAt;
    return Math.min(this.#dueAt, Math.max(this.#pace.retryAt, Math.min(lastPullAt, calledAt)));
  }

  #isCalled(): boolean {
    return this.#firstCallAt < Number.POSITIVE_INFINITY;
  }

  #begin(startedAt: number, response?: PullResponse): Turn {
    const isCalled = this.#isCalled();
    this.#response = undefined;
    if (isCalled) this.#nextDelayMs = this.#intervalMs;
    // A callback that came after the start of the pull causes another pull.
    this.#firstCallAt = this.#lastCallAt > startedAt ? this.#lastCallAt : Number.POSITIVE_INFINITY;
    this.#dueAt = startedAt + this.#nextDelayMs;
    this.#nextDelayMs = Math.min(2 * this.#nextDelayMs, 20 * this.#intervalMs);
    return { isCalled, startedAt, response };
  }
}
