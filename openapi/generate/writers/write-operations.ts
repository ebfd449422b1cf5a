import { writeFile } from 'node:fs/promises';
import {
  type Contract,
  type Example,
  type NamedOperation,
  operationsOf,
  resolve,
  type Server,
} from '../contract/contract.ts';
import { literalType } from './literal-type.ts';

/** Writes `operations.js`: what a client and a sandbox need to know of each operation. */
export async function writeOperations(contract: Contract, dist: URL): Promise<void> {
  const named = operationsOf(contract);
  const servers = serverUrls(named);
  const operations = Object.fromEntries(
    named.map((operation) => [operation.operationId, describeOperation(contract, operation)]),
  );
  const requestLines = Object.fromEntries(
    named.map((operation) => [operation.operationId, describeRequest(operation)]),
  );
  await Promise.all([
    writeFile(
      new URL('operations.js', dist),
      `export const servers = ${JSON.stringify(servers, null, 2)};\n` +
        `export const operations = ${JSON.stringify(operations, null, 2)};\n` +
        `export const requestLines = ${JSON.stringify(requestLines)};\n`,
    ),
    writeFile(
      new URL('operations.d.ts', dist),
      `/** Address of each server of the contract, as documented for preproduction. */
export declare const servers: ${literalType(servers)};
export type ServerName = keyof typeof servers;

/** Each operation's request line, server, security and answers. */
export declare const operations: ${literalType(operations)};
export type OperationId = keyof typeof operations;

/** What it takes to send an operation, and no more: a client that is counted in bytes imports only this. */
export declare const requestLines: { readonly [Id in OperationId]: RequestLine };

export interface RequestLine {
  readonly method: 'GET' | 'POST';
  /** With \`{name}\` in the place of each path parameter. */
  readonly path: string;
  readonly server: ServerName;
  /** Names of the security schemes of which any one will do; empty where anyone may call. */
  readonly security: readonly string[];
  /** Media type of the request body, if there is one. */
  readonly requestType?: string;
}

/** What is said of any operation, for code that treats them alike. */
export interface Operation extends RequestLine {
  readonly operationId: OperationId;
  readonly success: readonly number[];
  /** Statuses of the documented refusals, each with the codes that its body may carry. */
  readonly errors: { readonly [status: string]: readonly string[] };
}
`,
    ),
  ]);
}

function describeOperation(contract: Contract, operation: NamedOperation): Record<string, unknown> {
  const statuses = [...operation.responses.keys()];
  return {
    operationId: operation.operationId,
    ...describeRequest(operation),
    success: statuses.filter((status) => status.startsWith('2')).map(Number),
    errors: Object.fromEntries(
      statuses
        .filter((status) => !status.startsWith('2'))
        .map((status) => [status, errorCodes(contract, operation, status)]),
    ),
  };
}

function describeRequest(operation: NamedOperation): Record<string, unknown> {
  return {
    method: operation.method.toUpperCase(),
    path: operation.path,
    server: operation.server['x-name'],
    security: operation.security.flatMap((requirement) => Object.keys(requirement)),
    ...(operation.request && { requestType: operation.request.contentType }),
  };
}

/** The codes that the examples of a refusal carry: the examples are where the contract lists them. */
function errorCodes(contract: Contract, operation: NamedOperation, status: string): string[] {
  const examples = operation.responses.get(status)?.['application/json']?.examples ?? {};
  const codes = Object.values(examples).flatMap((example) => {
    const { value } = resolve<Example>(contract, example);
    const code = (value as { error?: { code?: string } }).error?.code;
    return code === undefined ? [] : [code];
  });
  return [...new Set(codes)];
}

/** A server stands in the file of each operation that needs it: OpenAPI has no references to servers. */
function serverUrls(operations: NamedOperation[]): Record<string, string> {
  const urls: Record<string, string> = {};
  for (const { operationId, server } of operations) {
    const name = server['x-name'];
    const url = defaultUrl(server);
    urls[name] ??= url;
    if (urls[name] !== url)
      throw new Error(
        `${operationId} has server ${name} at ${url}; another operation has it at ${urls[name]}.`,
      );
  }
  return urls;
}

function defaultUrl(server: Server): string {
  return server.url.replace(/\{(\w+)\}/g, (_, name: string) => server.variables?.[name]?.default ?? '');
}
