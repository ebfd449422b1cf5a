/** Serialises a body with a file as a form, and any other body as JSON. At run time there are no types of the contract. */
export function serializeBody(body: unknown): FormData | string {
  if (body instanceof FormData) return body;
  const fields: [string, unknown][] = Object.entries(Object(body));
  if (!fields.some(([, value]) => value instanceof Blob)) return JSON.stringify(body);
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'object' && !(value instanceof Blob))
      throw new TypeError(`The form needs a valid ${name}.`);
    // A form takes a `Blob` as it is, and the text of any other value.
    if (value !== undefined) form.append(name, value as string);
  }
  return form;
}
