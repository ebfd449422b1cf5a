import type { Contract, Schema } from '../contract/contract.ts';
import { isSuccess, type NamedOperation, operationsOf, webhooksOf } from '../contract/operations.ts';
import { flattenSchema } from '../schemas/validation-schemas.ts';
import type { Path } from './changed-parts.ts';
import { type Problem, pathOf } from './problem.ts';

/** A body of the contract. */
interface Body {
  readonly kind: 'request' | 'built request' | 'response' | 'callback';
  readonly path: Path;
  readonly schema: Schema;
}

/** Operations whose bodies are built by functions of the client, or by the callback server. */
const built = ['pushMerchant', 'uploadFile', 'uploadBase64', 'loginPartner'];

/** What the kit cannot follow in the bodies of a corrected contract: it reads and fills in the properties that it knows. */
export function bodyProblems(base: Contract, corrected: Contract): Problem[] {
  const known = bodiesOf(base);
  return [...bodiesOf(corrected)].flatMap(([name, { schema, ...body }]) => {
    const before = known.get(name);
    return before ? compare(before, base, { ...body, schema }, corrected, new Set()) : [];
  });
}

/** Every body by name, such as `createMerchant request`, `createMerchant success` or `accept`. */
function bodiesOf(contract: Contract): Map<string, Body> {
  const bodies = operationsOf(contract).flatMap((operation) => [
    ...requestOf(operation),
    ...Object.entries(operation.responses).flatMap(([status, content]) =>
      responseOf(operation, status, content),
    ),
  ]);
  const callbacks = webhooksOf(contract).map(({ event, body }) => {
    const path = ['webhooks', event, 'post', 'requestBody', 'content', 'application/json', 'schema'];
    return [event, { kind: 'callback', path, schema: body.schema }] as const;
  });
  return new Map<string, Body>([...bodies, ...callbacks]);
}

function requestOf(operation: NamedOperation): [string, Body][] {
  const { operationId, request } = operation;
  if (!request) return [];
  const path = pathOf(operation, 'requestBody', 'content', request.contentType, 'schema');
  const kind = built.includes(operationId) ? 'built request' : 'request';
  return [[`${operationId} request`, { kind, path, schema: request.body.schema }]];
}

function responseOf(
  operation: NamedOperation,
  status: string,
  { 'application/json': body }: NamedOperation['responses'][string],
): [string, Body][] {
  if (!body) return [];
  const replaced = Object.entries(operation.replaced).find(([, other]) => `${other}` === status)?.[0];
  const name = isSuccess(status) ? 'success' : (replaced ?? status);
  const path = pathOf(operation, 'responses', status, 'content', 'application/json', 'schema');
  return [[`${operation.operationId} ${name}`, { kind: 'response', path, schema: body.schema }]];
}

function compare(
  before: Body,
  base: Contract,
  after: Body,
  corrected: Contract,
  seen: ReadonlySet<string>,
): Problem[] {
  const reference = before.schema.$ref;
  if (reference !== undefined && seen.has(reference)) return [];
  const visited = new Set([...seen, ...(reference === undefined ? [] : [reference])]);
  const [old, now] = [flattenSchema(base, before.schema), flattenSchema(corrected, after.schema)];
  const path = pathOfSchema(after);
  if (JSON.stringify(old.type) !== JSON.stringify(now.type))
    return [
      {
        path: [...path, 'type'],
        reason: `The kit reads and writes the type ${JSON.stringify(old.type)}. Keep this type.`,
      },
    ];
  const tightened =
    before.kind === 'response' || before.kind === 'callback' ? limitProblems(old, now, path) : [];
  const properties = Object.entries(old.properties ?? {}).flatMap(([name, schema]) => {
    const at = [...path, 'properties', name];
    const given = now.properties?.[name];
    if (given)
      return compare(
        { ...before, path: at, schema },
        base,
        { ...after, path: at, schema: given },
        corrected,
        visited,
      );
    // A correction may move a property that has a role.
    return flattenSchema(base, schema)['x-role']
      ? []
      : [{ path: at, reason: 'The kit reads or sends this property. Keep the property.' }];
  });
  const items =
    old.items && now.items
      ? compare(
          { ...before, path: [...path, 'items'], schema: old.items },
          base,
          { ...after, path: [...path, 'items'], schema: now.items },
          corrected,
          visited,
        )
      : [];
  return [...requiredProblems(after.kind, old, now, path), ...tightened, ...properties, ...items];
}

/** Where a schema is: at the component that it refers to, or in its body. */
function pathOfSchema({ schema, path }: Body): Path {
  return schema.$ref === undefined ? path : schema.$ref.split('/').slice(1);
}

function requiredProblems(kind: Body['kind'], old: Schema, now: Schema, path: Path): Problem[] {
  const [before, after] = [old.required ?? [], now.required ?? []];
  const lost = kind === 'response' ? [] : before.filter((name) => !after.includes(name));
  const added = kind === 'built request' ? after.filter((name) => !before.includes(name)) : [];
  return [
    ...lost.map((name) => ({
      path: [...path, 'required'],
      reason: `The sandbox or the callback server needs ${name}. It has to remain required.`,
    })),
    ...added.map((name) => ({
      path: [...path, 'required'],
      reason: `The kit builds this body itself, and does not know ${name}. It has to remain optional.`,
    })),
  ];
}

const limits = [
  'enum',
  'pattern',
  'minLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
];

/** The sandbox fills in these properties with values of its own. */
function limitProblems(old: Schema, now: Schema, path: Path): Problem[] {
  return limits
    .filter((name) => now[name] !== undefined && JSON.stringify(now[name]) !== JSON.stringify(old[name]))
    .map((name) => ({
      path: [...path, name],
      reason:
        'The sandbox may send another value. Describe the limit with x-expected, which refuses nothing.',
    }));
}
