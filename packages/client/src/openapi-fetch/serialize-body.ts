/** Serialises a body with a file as a form, and any other body as JSON. Types of the contract tell nothing at run time. */
export function serializeBody(body: unknown): FormData | string {
  if (body instanceof FormData) return body;
  const fields: [string, unknown][] = Object.entries(Object(body));
  if (!fields.some(([, value]) => value instanceof Blob)) return JSON.stringify(body);
  const form = new FormData();
  for (const [name, value] of fields) {
    if (value instanceof Blob) form.append(name, value);
    else if (typeof value === 'object') throw new TypeError(`The form needs a text or a Blob for ${name}.`);
    else if (value !== undefined) form.append(name, String(value));
  }
  return form;
}
