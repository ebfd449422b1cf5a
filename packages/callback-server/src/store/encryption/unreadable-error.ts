/** Something sealed does not open: the key is another one, or it was changed since. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly code = 'UNREADABLE';
}
