/** A stored value is of another type than the store writes: its row is damaged. */
export class UnexpectedValueError extends TypeError {
  override readonly name = 'UnexpectedValueError';
  readonly column: string;

  constructor(column: string) {
    super(`The database column ${column} holds a value of another type than the store writes.`);
    this.column = column;
  }
}
