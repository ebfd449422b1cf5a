/** A redelivery cannot be made as it was asked for. */
export class RedeliveryError extends Error {
  override readonly name = 'RedeliveryError';
}
