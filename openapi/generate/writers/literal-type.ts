/** Prints a JSON value as the narrowest TypeScript type that holds it. */
export function literalType(value: unknown): string {
  if (Array.isArray(value)) return `readonly [${value.map(literalType).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `readonly ${JSON.stringify(key)}: ${literalType(member)}`,
  );
  return `{ ${members.join('; ')} }`;
}
