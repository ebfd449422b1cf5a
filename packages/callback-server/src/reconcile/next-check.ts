import type { CheckSchedule } from '../merchant/check-schedule.ts';

export interface CheckLimits {
  /** Milliseconds from the last callback of a merchant until its check. */
  readonly reconcileMs: number;
  /** Milliseconds of failed checks after which a merchant is unverifiable. */
  readonly unverifiableMs: number;
}

const maxRetryMs = 60_000;

/**
 * Schedules the next check. The delay is `reconcileMs` and a quarter of the time for which nothing has changed. While checks
 * fail, at most a minute replaces `reconcileMs`. So an old merchant costs few pulls, and a missed decision is found at most
 * one such delay late.
 */
export function nextCheck(
  { state, quietMs, delayMs }: CheckSchedule,
  found: 'in-step' | 'recovered' | 'failed',
  { reconcileMs, unverifiableMs }: CheckLimits,
): CheckSchedule {
  if (found === 'recovered') return { state: 'in-step', quietMs: 0, delayMs: reconcileMs };
  const isSame = (state === 'in-step') === (found === 'in-step');
  const passedMs = isSame ? quietMs + delayMs : 0;
  const growthMs = Math.round(passedMs / 4);
  if (found === 'in-step') return { state: 'in-step', quietMs: passedMs, delayMs: reconcileMs + growthMs };
  return {
    state: passedMs >= unverifiableMs ? 'unverifiable' : 'failing',
    quietMs: passedMs,
    delayMs: Math.min(reconcileMs, maxRetryMs) + growthMs,
  };
}
