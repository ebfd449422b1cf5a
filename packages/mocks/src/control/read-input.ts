import type { Context } from 'hono';
import { bodies, queries } from '../../generated/control-validators.js';
import { readBounded } from '../transport/read-bounded.ts';
import { ControlProblem } from './control-problem.ts';
import type { Validator, ValidatorError } from './validator-types.ts';

const maxBytes = 64 * 1024;
/** A snapshot has to fit; files are the largest part of it. */
const maxSnapshotBytes = 64 * 1024 * 1024;
const maxDepth = 64;
const holdsSnapshot: ReadonlySet<string> = new Set(['createSandbox', 'putScenario', 'putSnapshot']);

type BodyOf<Id extends keyof typeof bodies> =
  (typeof bodies)[Id] extends Validator<infer Body> ? Body : never;
type QueryOf<Id extends keyof typeof queries> =
  (typeof queries)[Id] extends Validator<infer Query> ? Query : never;

/**
 * The body of a request, as the description of its operation has it.
 *
 * @throws ControlProblem if it is anything else.
 */
export async function readBody<Id extends keyof typeof bodies>(
  { req }: Context,
  operationId: Id,
): Promise<BodyOf<Id>> {
  const most = holdsSnapshot.has(operationId) ? maxSnapshotBytes : maxBytes;
  const bytes = await readBounded(req.raw.body, most);
  if (!bytes) throw new ControlProblem(413, `The body may have ${most} bytes at most.`);
  const value = parse(new TextDecoder().decode(bytes));
  return hold(bodies[operationId] as Validator<BodyOf<Id>>, value, 'The body');
}

/**
 * The query of a request, as the description of its operation has it, with its defaults.
 *
 * @throws ControlProblem if it is anything else.
 */
export function readQuery<Id extends keyof typeof queries>({ req }: Context, operationId: Id): QueryOf<Id> {
  return hold(queries[operationId] as Validator<QueryOf<Id>>, req.query(), 'The query');
}

function hold<Value>(check: Validator<Value>, value: unknown, subject: string): Value {
  if (check(value)) return value;
  throw new ControlProblem(400, `${subject} is wrong: ${(check.errors ?? []).map(sentence).join('; ')}.`);
}

/** What is wrong, and where; never the value. */
function sentence({ instancePath, message = 'is wrong', params }: ValidatorError): string {
  const { additionalProperty, allowedValues } = params;
  const about = additionalProperty === undefined ? '' : ` (${JSON.stringify(additionalProperty)})`;
  const among = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return `${instancePath || 'it'} ${message}${about}${among}`;
}

/** JSON without names that mean something to JavaScript, and not so deep that walking through it would end. */
function parse(json: string): unknown {
  try {
    const value: unknown = json === '' ? {} : JSON.parse(json, refuseMagic);
    if (!isDeeperThan(maxDepth, value)) return value;
  } catch (error) {
    if (error instanceof ControlProblem) throw error;
    throw new ControlProblem(400, 'The body is not JSON.');
  }
  throw new ControlProblem(400, `The body is nested more than ${maxDepth} levels deep.`);
}

function refuseMagic(name: string, value: unknown): unknown {
  if (name === '__proto__') throw new ControlProblem(400, 'The body has a member with a forbidden name.');
  return value;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member));
}
