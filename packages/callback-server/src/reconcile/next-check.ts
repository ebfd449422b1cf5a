import type { CheckSchedule } from '../merchant/check-schedule.ts';

export interface CheckLimits {
  /** Milliseconds after its last callback until a merchant is checked. */
  readonly reconcileMs: number;
  /** Milliseconds of failed checks after which a merchant is unverifiable. */
  readonly unverifiableMs: number;
}

const maxRetryMs = 60_000;

/**
 * Schedules the next check. Each delay grows by a quarter of the time for which nothing has changed: a missed decision is
 * found late by at most a quarter of the time that the merchant had waited for it, and an old merchant costs few pulls.
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
