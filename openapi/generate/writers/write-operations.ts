import type { RequestLine } from '../../runtime/operation.ts';
import { type Contract, resolve } from '../contract/contract.ts';
import {
  isSuccess,
  mapOperations,
  mapValues,
  type NamedOperation,
  operationsOf,
  webhooksOf,
} from '../contract/operations.ts';
import { documentedResult } from '../schemas/documented-properties.ts';
import { requestNames } from '../schemas/request-names.ts';
import { placesOf, statusWordsOf } from '../schemas/roles.ts';
import { type GeneratedModule, json, objectType, writeModule } from './write-module.ts';

/** Writes `operations.js`: what a client and a sandbox need to know about each operation. */
export async function writeOperations(contract: Contract, dist: URL): Promise<void> {
  const servers = Object.fromEntries(
    operationsOf(contract).map(({ server }) => [server['x-name'], server.url]),
  );
  const operations = mapOperations(contract, (operation) => describeOperation(contract, operation));
  const events = JSON.stringify(webhooksOf(contract).map(({ event }) => event));
  await writeModule(dist, 'operations', {
    types: [
      `import type * as runtime from './runtime/operation.d.ts';`,
      'export type ServerName = keyof typeof servers;',
      'export type OperationId = keyof typeof operations;',
      'export type EventName = (typeof eventNames)[number];',
      '/** What a client needs to send a request of an operation. */',
      'export type RequestLine = runtime.RequestLine<ServerName>;',
      '/** What the contract says about an operation, in one type for all operations. */',
      'export type Operation = runtime.Operation<OperationId, ServerName>;',
    ],
    constants: {
      servers: {
        doc: 'The URL of each server of the contract, as documented for preproduction.',
        type: literalType(servers),
        value: json(servers),
      },
      operations: {
        doc: "Each operation's request line, server, security and responses.",
        type: literalType(operations),
        value: json(operations),
      },
      requestLines: {
        doc: 'The part of `operations` that is needed to send requests with a header for the token. Import only this to keep a bundle small.',
        type: '{ readonly [Id in OperationId]: RequestLine }',
        value: JSON.stringify(mapOperations(contract, (operation) => headerOnly(contract, operation))),
      },
      requestNames: {
        doc: 'The names of all properties in the requests of the contract.',
        type: 'readonly string[]',
        value: JSON.stringify(requestNames(contract)),
      },
      ...loginConstants(contract),
      eventNames: {
        doc: 'The events of the callbacks.',
        type: `readonly ${events}`,
        value: events,
      },
      statusWords: {
        doc: 'What the provider calls each status of a case. The sandbox sends the first word. Compare words case-insensitively.',
        type: objectType(mapValues(statusWordsOf(contract), () => 'readonly string[]')),
        value: JSON.stringify(statusWordsOf(contract)),
      },
    },
  });
}

/** What a client needs to read the response to a login. */
function loginConstants(contract: Contract): GeneratedModule['constants'] {
  const [token, lifetime] = (['token', 'token-lifetime'] as const).map(
    (role) => placesOf(contract, role)[0]?.path ?? [],
  );
  return {
    tokenPlace: {
      doc: 'The properties that lead to the token in the response to a login.',
      type: 'readonly string[]',
      value: JSON.stringify(token),
    },
    tokenLifetimePlace: {
      doc: "The properties that lead to the token's lifetime in seconds. The response may lack it.",
      type: 'readonly string[]',
      value: JSON.stringify(lifetime),
    },
    readLogin: {
      doc: 'Reads the token and its lifetime in seconds from the response to a login, whatever its body is.',
      type: '(body: unknown) => readonly [token: unknown, ttlSeconds: unknown]',
      value: `(body) => [${readCode(token)}, ${readCode(lifetime)}]`,
    },
  };
}

function describeOperation(contract: Contract, operation: NamedOperation): Record<string, unknown> {
  const statuses = Object.keys(operation.responses);
  return {
    operationId: operation.operationId,
    ...requestLine(operation),
    success: statuses.filter(isSuccess).map(Number),
    errors: Object.fromEntries(
      statuses
        .filter((status) => !isSuccess(status))
        .map((status) => [status, errorCodes(contract, operation, status)]),
    ),
    ...(Object.keys(operation.replaced).length > 0 && { replaced: operation.replaced }),
  };
}

/** An expression that reads a property of `body`; `undefined` without a place. */
function readCode(place: readonly string[] = []): string {
  return place.length > 0
    ? ['body', ...place.map((name) => `[${JSON.stringify(name)}]`)].join('?.')
    : 'undefined';
}

const httpMethods = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;

function requestLine(operation: NamedOperation): RequestLine {
  const alwaysSent = operation.parameters.flatMap(({ name, 'x-always-sent': value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  // In this order, the lines of all operations compress best.
  return {
    security: operation.security.flatMap((requirement) => Object.keys(requirement)),
    path: operation.path,
    server: operation.server['x-name'],
    method: httpMethods[operation.method],
    ...(alwaysSent.length > 0 && { query: Object.fromEntries(alwaysSent) }),
    ...(operation.request && { requestType: operation.request.contentType }),
  };
}

/**
 * The request line, and what a success contains. The security schemes of the query are left out, because they put the
 * token into logs.
 */
function headerOnly(contract: Contract, operation: NamedOperation): RequestLine {
  const line = requestLine(operation);
  const result = documentedResult(contract, operation);
  const { securitySchemes } = contract.components;
  const security = line.security.filter((name) => securitySchemes[name]?.in === 'header');
  return { ...line, security, ...(result && { result }) };
}

/** The error codes in the examples of a status. The contract lists error codes nowhere else. */
function errorCodes(contract: Contract, operation: NamedOperation, status: string): string[] {
  const examples = operation.responses[status]?.['application/json']?.examples ?? {};
  const codes = Object.values(examples).flatMap((example) => {
    const { value } = resolve(contract, example);
    const code = (value as { error?: { code?: string } }).error?.code;
    return code === undefined ? [] : [code];
  });
  return [...new Set(codes)];
}

/** Prints a JSON value as the narrowest TypeScript type that contains it. */
function literalType(value: unknown): string {
  if (Array.isArray(value)) return `readonly [${value.map(literalType).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return objectType(mapValues(value as Record<string, unknown>, literalType));
}
