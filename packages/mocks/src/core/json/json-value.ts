/** Whether a JSON value is an object, rather than a list or `null`. */
export function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Limits the recursion of everything that copies or serialises a state. */
export const maxStateDepth = 64;
/** The depth of a body that becomes a part of a state. */
export const maxBodyDepth: number = maxStateDepth - 16;

/** Whether a value nests objects and lists more than `maxDepth` levels deep. */
export function isDeeperThan(maxDepth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return maxDepth === 0 || Object.values(value).some((child) => isDeeperThan(maxDepth - 1, child));
}

/** Whether an object has the wanted properties. */
export function hasProperties(value: object, wanted: object): boolean {
  return Object.entries(wanted).every(([name, property]) => Reflect.get(value, name) === property);
}

export function pointerTo(parent: string, name: string | number): string {
  return `${parent}/${`${name}`.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Splits a JSON pointer into its names and indices. */
export function pointerNames(pointer: string): readonly string[] {
  const tokens = pointer.split('/').slice(1);
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}
