import type { Operation } from '@partner-ecosystem/openapi/operations';

type Fields = Readonly<Record<string, unknown>>;

/** What openapi-fetch is to serialise. */
export interface RequestParts {
  readonly params?: { readonly path: Fields; readonly query: Fields };
  readonly body?: unknown;
}

/** Takes an operation's input apart: a body as it is, a form field by field, parameters into path and query. */
export function requestParts(operation: Operation, input: Fields): RequestParts {
  if (operation.requestType === 'multipart/form-data') return { body: formData(input) };
  if (operation.requestType !== undefined) return { body: input };

  const inPath = (name: string) => operation.path.includes(`{${name}}`);
  const entries = Object.entries(input);
  const path = Object.fromEntries(entries.filter(([name]) => inPath(name)));
  const query = Object.fromEntries(entries.filter(([name]) => !inPath(name)));
  checkPath(operation, path);
  return { params: { path, query } };
}

function formData(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== undefined) form.append(name, String(value));
  }
  return form;
}

/** An id that is missing, empty or a dot segment would make the URL that of another operation. */
function checkPath({ operationId, path }: Operation, given: Fields): void {
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    const value = given[name];
    if (typeof value === 'string' && !['', '.', '..'].includes(value)) continue;
    throw new TypeError(`${operationId} needs ${name}, an id that is neither empty nor made of dots.`);
  }
}
