/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A parsed document as JSON. The compiler refuses the document because of its optional properties, although they are
 * never `undefined`.
 */
export function asJson(document: object): Json {
  return document as Json;
}
