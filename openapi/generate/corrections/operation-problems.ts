import type { Contract } from '../contract/contract.ts';
import { isSuccess, type NamedOperation, operationsOf } from '../contract/operations.ts';
import { parameterProblems } from './parameter-problems.ts';
import { type Problem, pathOf } from './problem.ts';

/** What the kit cannot follow in the operations of a corrected contract. */
export function operationProblems(base: Contract, corrected: Contract): Problem[] {
  const known = new Map(operationsOf(base).map((operation) => [operation.operationId, operation]));
  const operations = operationsOf(corrected);
  const given = new Set(operations.map(({ operationId }) => operationId));
  const removed = [...known.values()].filter(({ operationId }) => !given.has(operationId));
  const servers = new Set([...known.values()].map(({ server }) => server['x-name']));
  const schemes = Object.keys(base.components.securitySchemes);
  return [
    ...removed.map((operation) => ({
      path: pathOf(operation),
      reason: `The client and the sandbox need ${operation.operationId}. Move it, but keep its operationId.`,
    })),
    ...serverProblems(operations),
    ...operations.flatMap((operation) => {
      const before = known.get(operation.operationId);
      return [
        ...requestProblems(before, operation, corrected),
        ...parameterProblems(before && { contract: base, operation: before }, {
          contract: corrected,
          operation,
        }),
        ...accessProblems(operation, servers, schemes),
        ...successProblems(operation),
        ...statusProblems(operation, before),
      ];
    }),
  ];
}

/** A client has one URL for each server. OpenAPI has no references to servers, so operations repeat them. */
function serverProblems(operations: readonly NamedOperation[]): Problem[] {
  const place = ['servers', '0', 'url'];
  return operations.flatMap((operation) => {
    const { 'x-name': name, url } = operation.server;
    const first = operations.find(({ server }) => server['x-name'] === name);
    return first && first.server.url !== url
      ? [
          {
            path: operation.servers.length > 0 ? pathOf(operation, ...place) : place,
            reason: `${first.operationId} has the server ${name} at ${first.server.url}. Use one URL for both.`,
          },
        ]
      : [];
  });
}

function requestProblems(
  known: NamedOperation | undefined,
  operation: NamedOperation,
  { paths }: Contract,
): Problem[] {
  const { operationId, method, request, path } = operation;
  const body = paths[path]?.[method]?.requestBody;
  const at = (...below: string[]) => pathOf(operation, 'requestBody', ...below);
  if (!body || !request)
    return known?.request
      ? [{ path: at(), reason: `The sandbox reads the body of ${operationId}. Keep it.` }]
      : [];
  const [, ...others] = Object.keys(body.content);
  return [
    ...(method === 'get' ? [{ path: at(), reason: 'A GET has no body. Use another method.' }] : []),
    ...(body.required === true
      ? []
      : [{ path: at('required'), reason: 'The client always sends the body. Set required: true.' }]),
    ...others.map((type) => ({
      path: at('content', type),
      reason: `The client sends ${request.contentType} only. Remove one of the two.`,
    })),
  ];
}

function accessProblems(
  operation: NamedOperation,
  servers: ReadonlySet<string>,
  schemes: readonly string[],
): Problem[] {
  const { server, security } = operation;
  const names = security.flatMap((requirement) => Object.keys(requirement));
  const isKnown = names.every((name) => schemes.includes(name)) && names.length === security.length;
  return [
    ...(servers.has(server['x-name'])
      ? []
      : [
          {
            path: pathOf(operation, 'servers', '0', 'x-name'),
            reason: `The client has no option for this server. Use ${[...servers].join(', ')}.`,
          },
        ]),
    ...(isKnown
      ? []
      : [
          {
            path: pathOf(operation, 'security'),
            reason: `The client sends one token. Require one of the schemes ${schemes.join(', ')}.`,
          },
        ]),
  ];
}

/** The client returns the body of one success status only. */
function successProblems(operation: NamedOperation): Problem[] {
  const [status, second] = Object.keys(operation.responses).filter(isSuccess);
  const at = (...below: string[]) => pathOf(operation, 'responses', ...below);
  if (status === undefined) return [{ path: at(), reason: 'The operation has no success. Add one.' }];
  if (second !== undefined)
    return [{ path: at(second), reason: 'The operation has another success. Remove one of the two.' }];
  const hasJson = operation.responses[status]?.['application/json'] !== undefined;
  return hasJson
    ? []
    : [{ path: at(status), reason: 'The client reads a success as application/json. Add its content.' }];
}

/**
 * The sandbox sends the error statuses of the kit's contract. A correction has to say which status replaces a removed
 * status.
 */
function statusProblems(operation: NamedOperation, known: NamedOperation | undefined): Problem[] {
  const { responses, replaced } = operation;
  const lost = Object.keys(known?.responses ?? {}).filter(
    (status) => !isSuccess(status) && !(status in responses) && !(status in replaced),
  );
  const inVain = Object.entries(replaced).filter(
    ([status]) => status in responses || !(status in (known?.responses ?? {})),
  );
  return [
    ...lost.map((status) => ({
      path: pathOf(operation, 'responses', status),
      reason: `The sandbox sends ${status}. Mark the response that takes its place with x-replaces: '${status}'.`,
    })),
    ...inVain.map(([status, other]) => ({
      path: pathOf(operation, 'responses', `${other}`, 'x-replaces'),
      reason: `Nothing replaces ${status}. Remove the response ${status}, or this marking.`,
    })),
  ];
}
