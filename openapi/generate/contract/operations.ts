import type { Evidence } from '../../runtime/evidence.ts';
import {
  type Contract,
  type Evident,
  type MediaType,
  type Method,
  methods,
  type Operation,
  type Parameter,
  resolve,
  type Server,
} from './contract.ts';

/** An operation with everything that its path and the document add to it. */
export type NamedOperation = ReturnType<typeof nameOperation>;

/** All operations under `paths`, in the contract's order. */
export function operationsOf(contract: Contract): NamedOperation[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [nameOperation(contract, path, method, operation)] : [];
    }),
  );
}

/** A value for each operation, by `operationId`. */
export function mapOperations<Value>(contract: Contract, map: (operation: NamedOperation) => Value) {
  return Object.fromEntries(
    operationsOf(contract).map((operation) => [operation.operationId, map(operation)]),
  );
}

/** The path and query parameters of each operation that has any, by `operationId`. */
export function parametersOf(contract: Contract): Record<string, Parameter[]> {
  const all = Object.entries(mapOperations(contract, ({ parameters }) => parameters));
  return Object.fromEntries(all.filter(([, parameters]) => parameters.length > 0));
}

function nameOperation(contract: Contract, path: string, method: Method, operation: Operation) {
  const position = `${method.toUpperCase()} ${path}`;
  const { operationId } = operation;
  if (!operationId) throw new Error(`${position} has no operationId. Add the operationId in paths/.`);
  const [server]: readonly Server[] = operation.servers ?? contract.servers;
  if (!server?.['x-name']) throw new Error(`The server of ${position} has no x-name. Add an x-name.`);
  const [request] = Object.entries(operation.requestBody?.content ?? {});
  const responses = mapValues(operation.responses, (response) => resolve(contract, response));
  const replaced = Object.entries(operation.responses).flatMap(([status, response]) => {
    // The marking may be beside a reference.
    const { 'x-replaces': other } = { ...resolve(contract, response), ...response };
    return other === undefined ? [] : [[other, Number(status)] as const];
  });
  return {
    operationId,
    method,
    path,
    server,
    /** The operation's own servers. Empty if the operation has the servers of the contract. */
    servers: operation.servers ?? [],
    security: operation.security ?? contract.security,
    parameters: (operation.parameters ?? []).map((parameter) => resolve(contract, parameter)),
    request: request && { contentType: request[0], body: request[1] },
    /** The content of each response by status, and then by media type. */
    responses: mapValues(responses, ({ content }) => content ?? {}),
    /** The status of a success. */
    success: Object.keys(responses).find(isSuccess) ?? '',
    /** For each status that a correction replaced, the new status. */
    replaced: Object.fromEntries(replaced),
    evidence: evidenceOf(operation),
    aspects: aspectsOf(operation),
  };
}

/** Whether a status is the status of a success. */
export function isSuccess(status: string): boolean {
  return status.startsWith('2');
}

/** All events under `webhooks`, in the contract's order, each with the body that the provider posts. */
export function webhooksOf(contract: Contract) {
  return Object.entries(contract.webhooks).map(([event, { post }]) => {
    const body = post.requestBody?.content['application/json'];
    if (!body) throw new Error(`The event ${event} has no JSON body. Add a body to webhooks/${event}.yaml.`);
    return { event, body, evidence: evidenceOf(post) };
  });
}

/** The evidence of a part of the contract. */
export function evidenceOf(operation: Evident): Evidence {
  return {
    evidence: operation['x-evidence'],
    basis: operation['x-evidence-basis'],
    sources: operation['x-evidence-source'],
  };
}

/** The evidence of single aspects of a part, if it differs from that of the part. */
export function aspectsOf({ 'x-evidence-of': aspects = {} }: Partial<Evident>): Record<string, Evidence> {
  return mapValues(aspects, evidenceOf);
}

/** A value for each body of the contract, by operation or event; for responses, by operation and status. */
export interface Bodies<Value> {
  requests: Record<string, Value>;
  responses: Record<string, Record<string, Value>>;
  webhooks: Record<string, Value>;
}

/** Applies `map` to the body of every request, of every JSON response and of every callback. */
export function mapBodies<Value>(contract: Contract, map: (body: MediaType) => Value): Bodies<Value> {
  const bodies: Bodies<Value> = { requests: {}, responses: {}, webhooks: {} };
  for (const { operationId, request, responses } of operationsOf(contract)) {
    if (request) bodies.requests[operationId] = map(request.body);
    const byStatus: Record<string, Value> = {};
    for (const [status, { 'application/json': body }] of Object.entries(responses))
      if (body) byStatus[status] = map(body);
    bodies.responses[operationId] = byStatus;
  }
  for (const { event, body } of webhooksOf(contract)) bodies.webhooks[event] = map(body);
  return bodies;
}

export function mapValues<Value, Result>(
  record: Record<string, Value>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
