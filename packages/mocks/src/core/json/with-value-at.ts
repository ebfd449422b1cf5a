/**
 * Returns a copy of an object with a value in the place that the names lead to. An empty list of names leads to no
 * place.
 */
export function withValueAt(object: unknown, [name, ...below]: readonly string[], value: unknown): object {
  const copy: { [name: string]: unknown } = { ...Object(object) };
  if (name !== undefined) copy[name] = below.length > 0 ? withValueAt(copy[name], below, value) : value;
  return copy;
}
