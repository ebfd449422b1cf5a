/**
 * Binds encrypted data to its callback or merchant and its field: the data cannot be moved to another callback,
 * merchant or field.
 */
export function label(
  id: string,
  field: 'details' | 'body' | 'masked' | 'sender' | 'pulled' | 'merchant',
): string {
  return `${field} ${id}`;
}
