import type { Context } from 'hono';
import { bodies, queries, type Validator, type ValidatorError } from '../../generated/control-validators.js';
import { isDeeperThan, maxStateDepth } from '../core/json/json-value.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { readBounded } from '../transport/read-bounded.ts';
import { ControlProblem } from './problem.ts';

export interface SandboxEnv {
  readonly Variables: { sandbox: Sandbox };
}

/** Returns the sandbox with an id, or the default sandbox, which is the first, if there is no id. */
export function findSandbox(sandboxes: Sandboxes, id: string | undefined): Sandbox {
  const found = id === undefined ? sandboxes.list()[0]?.sandbox : sandboxes.get(id);
  if (!found) throw new ControlProblem(404, 'There is no sandbox with this id.');
  return found;
}

const maxBytes = 64 * 1024;
/** The limit for snapshots, which contain files. */
const maxSnapshotBytes = 64 * 1024 * 1024;
const holdsSnapshot = new Set<string>(['createSandbox', 'putScenario', 'putSnapshot']);

type Validated<Validators, Id extends keyof Validators> =
  Validators[Id] extends Validator<infer Value> ? Value : never;

/**
 * Reads the body of a request, and validates body and query against the description of their operation.
 *
 * @throws ControlProblem if the body or the query is invalid.
 */
export async function readBody<Id extends keyof typeof bodies>(
  context: Context,
  operationId: Id,
): Promise<Validated<typeof bodies, Id>> {
  readQuery(context, operationId);
  const { req } = context;
  const limit = holdsSnapshot.has(operationId) ? maxSnapshotBytes : maxBytes;
  const bytes = await readBounded(req.raw.body, limit);
  if (!bytes) throw new ControlProblem(413, `The body is larger than ${limit} bytes.`);
  const value = parse(new TextDecoder().decode(bytes));
  return validated(bodies[operationId], value, 'The body') as Validated<typeof bodies, Id>;
}

/**
 * Reads the query of a request with its defaults, and validates it against the description of its operation.
 *
 * @throws ControlProblem if the query is invalid.
 */
export function readQuery<Id extends keyof typeof queries>({ req }: Context, operationId: Id) {
  const repeated = Object.entries(req.queries()).find(([, values]) => values.length > 1);
  if (repeated) throw new ControlProblem(400, `The query has ${JSON.stringify(repeated[0])} more than once.`);
  return validated(queries[operationId], req.query(), 'The query') as Validated<typeof queries, Id>;
}

function validated(check: Validator<unknown>, value: unknown, subject: string): unknown {
  if (check(value)) return value;
  throw new ControlProblem(400, `${subject} is wrong: ${(check.errors ?? []).map(sentence).join('; ')}.`);
}

/** Describes a violation and its place, without the value. */
function sentence({ instancePath, message = 'is wrong', params }: ValidatorError): string {
  const { additionalProperty, allowedValues } = params;
  const about = additionalProperty === undefined ? '' : ` (${JSON.stringify(additionalProperty)})`;
  const among = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return `${instancePath || 'it'} ${message}${about}${among}`;
}

/** Parses JSON, but rejects `__proto__` as a name, and nesting that could overflow the stack. */
function parse(json: string): unknown {
  try {
    const value: unknown = json === '' ? {} : JSON.parse(json, rejectProto);
    if (!isDeeperThan(maxStateDepth, value)) return value;
  } catch (error) {
    if (error instanceof ControlProblem) throw error;
    throw new ControlProblem(400, 'The body is not JSON.');
  }
  throw new ControlProblem(400, `The body is nested more than ${maxStateDepth} levels deep.`);
}

function rejectProto(name: string, value: unknown): unknown {
  if (name === '__proto__')
    throw new ControlProblem(400, 'The body has a property with the forbidden name __proto__.');
  return value;
}
