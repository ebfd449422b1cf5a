import { type Operation, type OperationId, operations, servers } from '@partner-ecosystem/openapi/operations';

/** What the method and path of a request ask for, and which of the provider's hosts responds. */
export type Target =
  | OperationTarget
  | { readonly kind: 'download'; readonly host: Host; readonly fileId: string; readonly fileName: string }
  | { readonly kind: 'nothing'; readonly host: Host };

export interface OperationTarget {
  readonly kind: 'operation';
  readonly host: Host;
  readonly operationId: OperationId;
  readonly parameters: { readonly [name: string]: string };
}

/** The platform, or the file store, which describes its errors differently. */
export type Host = 'platform' | 'file-store';

/**
 * Finds what a request asks for. As on the provider, paths match in any case, with or without a final slash. The path
 * may begin with the path of a server of the contract. A HEAD asks for what a GET would return.
 */
export function route(sentMethod: string, fullPath: string): Target {
  const method = sentMethod === 'HEAD' ? 'GET' : sentMethod;
  const path = withoutServerPath(fullPath);
  const fixed = fixedTargets.get(`${method} ${path.toLowerCase()}`);
  if (fixed) return fixed;
  for (const { operation, host, pattern } of patterns) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (match)
      return {
        kind: 'operation',
        host,
        operationId: operation.operationId,
        parameters: decoded(match.groups),
      };
  }
  const { fileId, fileName } = (method === 'GET' && downloadPattern.exec(path)?.groups) || {};
  const host = hostOf(path);
  return fileId && fileName ? { kind: 'download', host, fileId, fileName } : { kind: 'nothing', host };
}

const downloadPattern = /^\/api\/files\/(?<fileId>[^/]+)\/download\/(?<fileName>[^/]+)$/i;
const fileStorePattern = /^\/api\/(files|base64)(\/|$)/i;

function hostOf(path: string): Host {
  return fileStorePattern.test(path) ? 'file-store' : 'platform';
}

/** The paths in the URLs of the servers. The URLs of our contract have no path, but a correction may add a path. */
const serverPaths = Object.values(servers)
  .map((url) => new URL(url).pathname.replace(/\/$/, '').toLowerCase())
  .filter((path) => path !== '');

function withoutServerPath(path: string): string {
  const prefix = serverPaths.find((each) => path.toLowerCase().startsWith(`${each}/`)) ?? '';
  return path.slice(prefix.length);
}

function hostOfOperation({ server }: Operation): Host {
  return server === 'persist' ? 'file-store' : 'platform';
}

const everyOperation = Object.values<Operation>(operations);
/** The operations whose path has no parameter, by method and path: most requests need no search. */
const fixedTargets: ReadonlyMap<string, OperationTarget> = new Map(
  everyOperation
    .filter(({ path }) => !path.includes('{'))
    .flatMap((operation) => {
      const { operationId, method, path } = operation;
      const host = hostOfOperation(operation);
      const target: OperationTarget = { kind: 'operation', host, operationId, parameters: {} };
      return [path, `${path}/`].map((each) => [`${method} ${each.toLowerCase()}`, target] as const);
    }),
);
const patterns = everyOperation
  .filter(({ path }) => path.includes('{'))
  .map((operation) => ({
    operation,
    host: hostOfOperation(operation),
    pattern: new RegExp(`^${operation.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`, 'i'),
  }));

function decoded(groups: object = {}) {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));
}

/** Leaves a broken escape as it is: the validation against the contract then rejects the parameter. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
