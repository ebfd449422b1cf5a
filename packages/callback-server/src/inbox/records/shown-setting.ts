/** A setting as it stands. */
export interface ShownSetting {
  readonly name: string;
  /** What it is for. */
  readonly help?: string;
  /** Its value; of a secret only whether it is set. */
  readonly value: string;
}
