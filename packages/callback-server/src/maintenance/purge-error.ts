/** A purge cannot be made, because the clock may be wrong. */
export class PurgeError extends Error {
  override readonly name = 'PurgeError';
}
