/** Reads the merchant's id from any payload that has a readable one, even from an invalid payload. */
export function merchantIdOf(payload: unknown): string | undefined {
  const id = property(property(payload, 'merchantData'), 'id');
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function property(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
