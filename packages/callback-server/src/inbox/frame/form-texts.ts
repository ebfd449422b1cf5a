import type { HonoRequest } from 'hono';

/** Texts by the names of their fields. A field can occur several times. */
export type Texts = Readonly<Record<string, readonly string[]>>;

/** Reads the fields of a form that was posted. Its size was checked before. */
export async function formTexts(request: HonoRequest): Promise<Texts> {
  const form = new URLSearchParams(await request.text());
  const names = [...new Set(form.keys())].filter((name) => name !== 'csrf');
  return Object.fromEntries(names.map((name) => [name, form.getAll(name)]));
}
