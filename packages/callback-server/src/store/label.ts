/** Binds encrypted data to its callback and its field: it cannot be moved to another one. */
export function label(id: string, field: 'details' | 'body' | 'masked' | 'sender' | 'pulled'): string {
  return `${field} ${id}`;
}
