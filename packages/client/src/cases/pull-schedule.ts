import { assertLimit, maxTimerMs } from '../timing/assert-limit.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';

/** Time between two pulls of a merchant that callbacks cannot shorten: anybody can post a callback. */
const callbackFloorMs = 5000;
/** Time that the last pull has before the deadline. */
const lastPullMs = 10_000;

/** What the schedules of all merchants share. */
export interface Pace {
  /** Until this time, on the clock of `performance.now()`, the provider asked for a delay. No callback shortens it. */
  retryAt: number;
}

/** What the schedules of one merchant share. */
export interface PulledMerchant {
  /** Start of the last pull, on the clock of `performance.now()`. */
  pulledAt: number;
  readonly schedules: Set<PullSchedule>;
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
  readonly #intervalMs: number;
  readonly #lastPullAt: number;
  #dueAt: number;
  #nextDelayMs: number;
  #isCalled = false;
  #wake = () => {};

  /** @throws RangeError if a time is not usable. */
  constructor(pace: Pace, merchant: PulledMerchant, { firstPullAfterMs, intervalMs, deadlineMs }: PullTimes) {
    assertLimit('firstPullAfterMs', firstPullAfterMs, 0);
    assertLimit('intervalMs', intervalMs);
    assertLimit('deadlineMs', deadlineMs);
    const now = performance.now();
    this.#pace = pace;
    this.#merchant = merchant;
    this.#intervalMs = this.#nextDelayMs = intervalMs;
    this.#dueAt = now + firstPullAfterMs;
    this.#lastPullAt = now + Math.max(deadlineMs / 2, deadlineMs - lastPullMs);
  }

  /** Takes note of a callback. */
  call(): void {
    this.#isCalled = true;
    this.#wake();
  }

  /** Resolves when a pull is due, and counts it as begun. Rejects when the signal is aborted. */
  async next(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const now = performance.now();
      const waitMs = this.#nextPullAt() - now;
      if (waitMs <= 0) return this.#begin(now);
      const called = Promise.withResolvers<void>();
      this.#wake = called.resolve;
      // A provider can ask for more time than a timer can wait. A timer that ends early is followed by another one.
      await withTimeLimit(Math.min(waitMs, maxTimerMs), undefined, () => called.promise, signal).catch(
        () => {},
      );
    }
  }

  /** Keeps to the delay that the provider asks for. */
  postpone(retryAfterMs: number): void {
    const retryAt = performance.now() + retryAfterMs;
    this.#dueAt = Math.max(this.#dueAt, retryAt);
    this.#pace.retryAt = Math.max(this.#pace.retryAt, retryAt);
  }

  #nextPullAt(): number {
    const { pulledAt } = this.#merchant;
    const lastPullAt = pulledAt < this.#lastPullAt ? this.#lastPullAt : this.#dueAt;
    const calledAt = this.#isCalled ? pulledAt + callbackFloorMs : this.#dueAt;
    return Math.min(this.#dueAt, Math.max(this.#pace.retryAt, Math.min(lastPullAt, calledAt)));
  }

  #begin(now: number): void {
    if (this.#isCalled) this.#nextDelayMs = this.#intervalMs;
    this.#isCalled = false;
    this.#merchant.pulledAt = now;
    this.#dueAt = now + this.#nextDelayMs;
    this.#nextDelayMs = Math.min(2 * this.#nextDelayMs, 20 * this.#intervalMs);
  }
}
