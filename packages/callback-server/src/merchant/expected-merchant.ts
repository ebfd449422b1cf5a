/** A merchant whose callbacks are expected. */
export interface ExpectedMerchant {
  readonly merchantId: string;
  /** The realm that a pull of the merchant names. */
  readonly realmId: string;
}

export const maxIdLength = 200;

/** Whether a value names a merchant that can be pulled. */
export function isExpectable(value: unknown): value is ExpectedMerchant {
  const { merchantId, realmId } = Object(value) as Partial<Record<keyof ExpectedMerchant, unknown>>;
  return [merchantId, realmId].every(
    (id) => typeof id === 'string' && id.trim() !== '' && id.length <= maxIdLength,
  );
}
