import { createForm } from '../http/outgoing-request.ts';

/** Serialises a body with a file as a form, and any other body as JSON. Types of the contract tell nothing at run time. */
export function serializeBody(body: unknown): FormData | string {
  if (body instanceof FormData) return body;
  const fields = Object(body) as Readonly<Record<string, unknown>>;
  const hasFile = Object.values(fields).some((field) => field instanceof Blob);
  return hasFile ? createForm(fields) : JSON.stringify(body);
}
