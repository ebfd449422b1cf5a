/** Binds encrypted data to its callback or merchant and its field: it cannot be moved to another one. */
export function label(
  id: string,
  field: 'details' | 'body' | 'masked' | 'sender' | 'pulled' | 'merchant',
): string {
  return `${field} ${id}`;
}
