/** A member of a value of which nothing is known, if it has one. */
export function member(value: unknown, name: string): unknown {
  return (Object(value) as { readonly [name: string]: unknown })[name];
}
