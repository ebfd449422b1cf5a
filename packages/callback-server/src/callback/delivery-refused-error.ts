/** A route did not take a callback. The message contains no secret and no personal data. */
export class DeliveryRefusedError extends Error {
  override readonly name = 'DeliveryRefusedError';
}
