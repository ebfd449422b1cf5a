/** How a merchant stands. */
export type MerchantState =
  /** Its last pull agreed with its callbacks, or it was not pulled yet. */
  | 'in-step'
  /** Its last pull failed, or contradicted its callbacks. */
  | 'failing'
  /** That has lasted for too long: a person has to look. */
  | 'unverifiable';

export const merchantStates: readonly MerchantState[] = ['in-step', 'failing', 'unverifiable'];

/** When a merchant is checked. No time of a clock is in it, so no jump of a clock changes it. */
export interface CheckSchedule {
  readonly state: MerchantState;
  /** Milliseconds for which the state has lasted, before the delay. */
  readonly quietMs: number;
  /** Milliseconds from the last check to the next one. */
  readonly delayMs: number;
}

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
