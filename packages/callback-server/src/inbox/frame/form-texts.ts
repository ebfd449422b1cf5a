import type { HonoRequest } from 'hono';

/** Texts by the names of their fields. A field can occur several times. */
export type Texts = Readonly<Record<string, readonly string[]>>;

/** Reads the fields of a form that was posted. Its size was checked before. */
export async function formTexts(request: HonoRequest): Promise<Texts> {
  return textsIn(await request.text());
}

/** Reads the fields of an encoded form or query. */
export function textsIn(encoded: string): Texts {
  const fields = new URLSearchParams(encoded);
  const names = [...new Set(fields.keys())].filter((name) => name !== 'csrf');
  return Object.fromEntries(names.map((name) => [name, fields.getAll(name)]));
}
