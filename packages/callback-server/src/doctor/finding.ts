/** The result of one of the doctor's checks. */
export interface Finding {
  /** What was checked. */
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'failure';
  /** What was found and, for a warning or failure, what to do. */
  readonly message: string;
}
