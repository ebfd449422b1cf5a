/**
 * The parts of the bundled contract that the build reads. Redocly has linted the document against the OpenAPI
 * specification before, so its shape is taken as given here; what only we rely on is checked where it is read.
 */
export interface Contract {
  servers: Server[];
  security: SecurityRequirement[];
  paths: Record<string, Partial<Record<Method, Operation>>>;
  webhooks: Record<string, { post: Operation }>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Response>;
    parameters: Record<string, Parameter>;
    examples: Record<string, Example>;
  };
}

export const methods = ['get', 'post'] as const;
export type Method = (typeof methods)[number];

export interface Reference {
  $ref: string;
}

export interface Server {
  url: string;
  'x-name': string;
  variables?: Record<string, { default: string }>;
}

export type SecurityRequirement = Record<string, string[]>;

export interface Operation {
  operationId?: string;
  summary: string;
  'x-evidence': string;
  'x-evidence-basis': string;
  servers?: Server[];
  security?: SecurityRequirement[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { content: Record<string, MediaType> };
  responses: Record<string, Response | Reference>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
}

export interface Response {
  content?: Record<string, MediaType>;
}

export interface MediaType {
  schema: Schema;
  examples?: Record<string, Example | Reference>;
}

export interface Example {
  value: unknown;
}

/** A JSON Schema of draft 2020-12, or a reference to one; keywords may stand beside `$ref`. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  'x-extensible-enum'?: string[];
  'x-data-classification'?: DataClassification;
  [keyword: string]: unknown;
}

export interface DataClassification {
  category: string;
  sensitivity: string;
  masking: { strategy: string; keep?: number };
}

/** An operation with everything that its path and the document say of it. */
export interface NamedOperation {
  operationId: string;
  method: Method;
  path: string;
  server: Server;
  security: SecurityRequirement[];
  parameters: Parameter[];
  request: { contentType: string; body: MediaType } | undefined;
  responses: Map<string, Record<string, MediaType>>;
}

/** All operations under `paths`, in the contract's order. */
export function operationsOf(contract: Contract): NamedOperation[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [nameOperation(contract, path, method, operation)] : [];
    }),
  );
}

function nameOperation(
  contract: Contract,
  path: string,
  method: Method,
  operation: Operation,
): NamedOperation {
  const where = `${method.toUpperCase()} ${path}`;
  const { operationId } = operation;
  if (!operationId) throw new Error(`${where} has no operationId. Name it in its file under paths/.`);
  const [server] = operation.servers ?? contract.servers;
  if (!server?.['x-name'])
    throw new Error(`The server of ${where} has no x-name. Give it one under servers/.`);
  const [request] = Object.entries(operation.requestBody?.content ?? {});
  return {
    operationId,
    method,
    path,
    server,
    security: operation.security ?? contract.security,
    parameters: (operation.parameters ?? []).map((parameter) => resolve(contract, parameter)),
    request: request && { contentType: request[0], body: request[1] },
    responses: new Map(
      Object.entries(operation.responses).map(([status, response]) => [
        status,
        resolve(contract, response).content ?? {},
      ]),
    ),
  };
}

/** The callback events, each with the body that the provider posts. */
export function webhooksOf(contract: Contract): { event: string; body: MediaType }[] {
  return Object.entries(contract.webhooks).map(([event, { post }]) => {
    const body = post.requestBody?.content['application/json'];
    if (!body) throw new Error(`Webhook ${event} has no JSON body. Give it one in webhooks/${event}.yaml.`);
    return { event, body };
  });
}

/** Follows `$ref` to what it names; gives back anything else as it is. */
export function resolve<T extends object>(contract: Contract, value: T | Reference): T {
  if (!('$ref' in value) || typeof value.$ref !== 'string') return value as T;
  const found = value.$ref
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[unescapePointer(key)],
      contract,
    );
  if (found === undefined) throw new Error(`${value.$ref} names nothing in the contract.`);
  return found as T;
}

/** The component a schema refers to by name, if it does. */
export function schemaName(schema: Schema): string | undefined {
  return /^#\/components\/schemas\/([^/]+)$/.exec(schema.$ref ?? '')?.[1];
}

function unescapePointer(pointerToken: string): string {
  return pointerToken.replaceAll('~1', '/').replaceAll('~0', '~');
}
