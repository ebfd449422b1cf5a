/** The state of a merchant. */
export type MerchantState =
  /** Its last pull agreed with its callbacks, or it was not pulled yet. */
  | 'in-step'
  /** Its last pull failed, or contradicted its callbacks. */
  | 'failing'
  /** The state `failing` has lasted for too long: a person has to look. */
  | 'unverifiable';

/** When a merchant is checked. The schedule has only durations, so no jump of a clock changes it. */
export interface CheckSchedule {
  readonly state: MerchantState;
  /** Milliseconds for which the state had lasted when the delay began. */
  readonly quietMs: number;
  /** Milliseconds from the last check to the next check. */
  readonly delayMs: number;
}
