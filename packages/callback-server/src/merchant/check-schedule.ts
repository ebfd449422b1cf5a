/** How a merchant stands. */
export type MerchantState =
  /** Its last pull agreed with its callbacks, or it was not pulled yet. */
  | 'in-step'
  /** Its last pull failed, or contradicted its callbacks. */
  | 'failing'
  /** That has lasted for too long: a person has to look. */
  | 'unverifiable';

/** When a merchant is checked. No time of a clock is in it, so no jump of a clock changes it. */
export interface CheckSchedule {
  readonly state: MerchantState;
  /** Milliseconds for which the state has lasted, before the delay. */
  readonly quietMs: number;
  /** Milliseconds from the last check to the next check. */
  readonly delayMs: number;
}
