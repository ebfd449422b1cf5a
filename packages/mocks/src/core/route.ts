import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';

/** What a request line asks for. */
export type Target =
  | { readonly kind: 'operation'; readonly operationId: OperationId; readonly parameters: PathParameters }
  | { readonly kind: 'download'; readonly fileId: string; readonly fileName: string }
  | { readonly kind: 'nothing' };

export type PathParameters = { readonly [name: string]: string };

/** Finds what a request line asks for. Paths match in any case, and with or without a slash at the end, as upstream. */
export function route(method: string, path: string): Target {
  for (const { operation, pattern } of patterns) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (match)
      return { kind: 'operation', operationId: operation.operationId, parameters: decoded(match.groups) };
  }
  const { fileId, fileName } = (method === 'GET' && downloadPattern.exec(path)?.groups) || {};
  return fileId && fileName ? { kind: 'download', fileId, fileName } : { kind: 'nothing' };
}

/** Whether a path is the file store's, which refuses in its own words. */
export function isStorePath(path: string): boolean {
  return storePattern.test(path);
}

const downloadPattern = /^\/api\/files\/(?<fileId>[^/]+)\/download\/(?<fileName>[^/]+)$/i;
const storePattern = /^\/api\/(files|base64)(\/|$)/i;
const patterns = Object.values<Operation>(operations).map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`, 'i'),
}));

function decoded(groups: { [name: string]: string } | undefined): PathParameters {
  return Object.fromEntries(Object.entries(groups ?? {}).map(([name, value]) => [name, decode(value)]));
}

/** A broken escape is left as it is; the contract's validation then refuses it. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
