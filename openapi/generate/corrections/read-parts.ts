import type { Path } from './changed-parts.ts';
import type { Problem } from './problem.ts';

/** What the kit reads below a part of the contract: everything, or the parts with these names. `*` is any name. */
type Read = true | { readonly [name: string]: Read | (() => Read) };

const evidence = {
  'x-evidence': true,
  'x-evidence-basis': true,
  'x-evidence-source': true,
  'x-evidence-of': true,
} as const;

const schema: Read = {
  $ref: true,
  type: true,
  enum: true,
  pattern: true,
  minLength: true,
  minimum: true,
  maximum: true,
  required: true,
  minProperties: true,
  minItems: true,
  maxItems: true,
  uniqueItems: true,
  format: true,
  writeOnly: true,
  description: true,
  title: true,
  examples: true,
  properties: { '*': () => schema },
  items: () => schema,
  additionalProperties: () => schema,
  unevaluatedProperties: () => schema,
  ...evidence,
  'x-expected': () => schema,
  'x-extensible-enum': true,
  'x-data-classification': true,
  'x-sensitive-data': true,
  'x-role': true,
};
/** The words of a status are read here only. */
const status: Read = { ...schema, 'x-status-words': true };
const schemas: readonly Read[] = [schema, status];
/** The receiver chooses its response to a callback. Only the docs read this part. */
const acknowledgement: Read = {
  description: true,
  properties: { '*': { description: true, ...evidence } },
  ...evidence,
};

const example: Read = { $ref: true, summary: true, description: true, value: true };
const body: Read = { schema, examples: { '*': example } };
const response: Read = {
  $ref: true,
  description: true,
  content: { 'application/json': body },
  ...evidence,
  'x-replaces': true,
};
const parameter: Read = {
  $ref: true,
  name: true,
  in: true,
  required: true,
  description: true,
  example: true,
  schema,
  ...evidence,
  'x-always-sent': true,
};
const servers: Read = { '*': { url: true, description: true, 'x-name': true, ...evidence } };
const described = { summary: true, description: true, tags: true, externalDocs: true, ...evidence } as const;

const event: Read = {
  ...described,
  requestBody: { description: true, required: true, content: { 'application/json': body } },
  responses: { '*': { description: true, ...evidence } },
};
const operation: Read = {
  operationId: true,
  ...described,
  parameters: { '*': parameter },
  requestBody: {
    description: true,
    required: true,
    content: { 'application/json': body, 'multipart/form-data': body },
  },
  responses: { '*': response },
  security: true,
  servers,
  // `callbackProblems` compares the callbacks, which may move with their operation.
  callbacks: true,
};

/** The parts of the contract that the types, the client, the sandbox, the callback server and the docs read. */
const contract: Read = {
  info: true,
  tags: true,
  servers,
  security: true,
  paths: { '*': { get: operation, post: operation, put: operation, patch: operation, delete: operation } },
  webhooks: { '*': { post: event } },
  components: {
    schemas: { Status: status, CallbackAcknowledgement: acknowledgement, '*': schema },
    responses: { '*': response },
    parameters: { '*': parameter },
    examples: { 'webhook.acknowledged': { summary: true, description: true }, '*': example },
    headers: { '*': { description: true, ...evidence } },
    securitySchemes: { '*': { description: true, ...evidence } },
  },
  'x-evidence-sources': true,
};

function reasonIn(read: Read): string {
  const reason = 'Nothing reads this part of the contract.';
  if (!schemas.includes(read)) return reason;
  const keywords = Object.keys(read).filter((keyword) => !keyword.startsWith('x-evidence'));
  return `${reason} A schema may have ${keywords.join(', ')}, and evidence.`;
}

/** The first part on a path that nothing reads, and what to do; `undefined` if the kit reads what the path leads to. */
export function unreadPart(path: Path): Problem | undefined {
  return unreadBelow(contract, path);
}

/** Like `unreadPart`, for a path that begins at an event of `webhooks` or `callbacks`. */
export function unreadPartOfEvent(path: Path): Problem | undefined {
  return unreadBelow(event, path);
}

function unreadBelow(start: Read, path: Path): Problem | undefined {
  let read = start;
  for (const [index, name] of path.entries()) {
    if (read === true) return undefined;
    const next: Read | (() => Read) | undefined = read[name] ?? read['*'];
    if (next === undefined) return { path: path.slice(0, index + 1), reason: reasonIn(read) };
    read = typeof next === 'function' ? next() : next;
  }
  return undefined;
}
