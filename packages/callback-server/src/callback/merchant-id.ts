/** The merchant's id, wherever a payload holds one that can be read, whatever else of it cannot be relied on. */
export function merchantIdOf(payload: unknown): string | undefined {
  const id = member(member(payload, 'merchantData'), 'id');
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function member(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
