import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';

/** What a request line asks for. */
export type Target =
  | OperationTarget
  | { readonly kind: 'download'; readonly fileId: string; readonly fileName: string }
  | { readonly kind: 'nothing' };

export interface OperationTarget {
  readonly kind: 'operation';
  readonly operationId: OperationId;
  readonly parameters: PathParameters;
}

export type PathParameters = { readonly [name: string]: string };

/** Finds what a request line asks for. Paths match in any case, and with or without a slash at the end, as upstream. */
export function route(method: string, path: string): Target {
  const plain = plainTargets.get(`${method} ${path.toLowerCase()}`);
  if (plain) return plain;
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
const everyOperation = Object.values<Operation>(operations);
/** Those whose path has no parameter, by request line, so that most requests need no search. */
const plainTargets: ReadonlyMap<string, OperationTarget> = new Map(
  everyOperation
    .filter(({ path }) => !path.includes('{'))
    .flatMap(({ operationId, method, path }) => {
      const target: OperationTarget = { kind: 'operation', operationId, parameters: {} };
      return [path, `${path}/`].map((each) => [`${method} ${each.toLowerCase()}`, target] as const);
    }),
);
const patterns = everyOperation
  .filter(({ path }) => path.includes('{'))
  .map((operation) => ({
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
