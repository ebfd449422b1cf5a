/** Something sealed does not decrypt: the key is another one, or it was changed since. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly code = 'UNREADABLE';
}
