import type { Callback } from '../control/schemas.ts';
import { isVisible } from '../parts/reference-of.ts';
import { valueAt } from '../parts/value-at.ts';

/** The partner's own reference of the case, or else the end of the merchant's id. */
export function referenceOf({ payload, merchantId }: Callback): string {
  const reference = valueAt(payload, ['merchantData', 'signzyAppId']);
  return typeof reference === 'string' && isVisible(reference) ? reference : `…${merchantId.slice(-6)}`;
}
