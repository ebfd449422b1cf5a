/** What one of the doctor's looks has found. */
export interface Finding {
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'failure';
  /** What was found and, where it is not well, what to do. */
  readonly message: string;
}
