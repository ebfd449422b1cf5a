import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import {
  known as expectations,
  parameters as parameterValidators,
  requests as requestValidators,
  type Validator,
  type Violation,
} from '@partner-ecosystem/openapi/validators';
import { missingArgumentOf, problemsOf } from '../contract/explain-violations.ts';
import type { OperationTarget } from '../contract/route.ts';
import type { ApiRequest } from '../model/command.ts';
import { handlerOf } from '../operations/handlers.ts';
import { dialects } from '../responses/dialects.ts';
import { type ErrorResponse, withViolation } from '../responses/operation-responses.ts';

export interface Input {
  readonly body: unknown;
  readonly parameters: unknown;
}

/** The input of an operation, or the error response to a request that violates the contract. */
type InputResult =
  | { readonly input: Input; readonly error?: undefined; readonly unexpected?: ErrorResponse }
  /** The input in spite of its violations; absent if it could not be read. */
  | { readonly input?: Input; readonly error: ErrorResponse; readonly unexpected?: undefined };

interface Part {
  /** Absent if the part could not be read. */
  readonly value?: unknown;
  readonly error?: ErrorResponse;
  /** The error response to a part that the contract does not expect, although it is valid. */
  readonly unexpected?: ErrorResponse;
}

export function readInput(target: OperationTarget, request: ApiRequest): InputResult {
  const parameters = readParameters(target, request);
  const body = readBody(target, request);
  const input = { body: body.value, parameters: parameters.value };
  const error = parameters.error ?? body.error;
  const unexpected = merge(parameters.unexpected, body.unexpected);
  if (!error) return { input, ...(unexpected && { unexpected }) };
  return 'value' in body && 'value' in parameters ? { input, error } : { error };
}

/** The first of two error responses, with the violations of both. */
function merge(first?: ErrorResponse, second?: ErrorResponse): ErrorResponse | undefined {
  if (!first || !second) return first ?? second;
  return { ...first, violations: [...(first.violations ?? []), ...(second.violations ?? [])] };
}

type Validators = { readonly [operationId: string]: Validator<unknown> | undefined };

function readParameters(target: OperationTarget, { query }: ApiRequest): Part {
  const { operationId, parameters: path } = target;
  const validators: Validators = parameterValidators;
  const validator = validators[operationId];
  if (!validator) return { value: {} };
  const given: { [name: string]: unknown } = Object.create(null); // A name can be anything, even `__proto__`.
  // A repeated parameter becomes a list, which the contract allows for no parameter.
  for (const [name, value] of query)
    if (!isToken(operationId, name)) given[name] = name in given ? [value] : value;
  const expected: Validators = expectations.parameters;
  return validate(
    target,
    [validator, expected[operationId]],
    Object.assign(given, path),
    ({ pointer, ...violation }) => {
      const place = Object.hasOwn(path, pointer.slice(1)) ? 'path' : 'query';
      return { ...violation, pointer: `/${place}${pointer}` };
    },
  );
}

/** A token at its documented place in the query is not a parameter of the operation. */
function isToken(operationId: OperationId, name: string): boolean {
  const { security }: Operation = operations[operationId];
  return name === 'access_token' && security.includes('AccessTokenQuery');
}

function readBody(target: OperationTarget, { body }: ApiRequest): Part {
  const { operationId, host } = target;
  const dialect = dialects[host];
  const { requestType = '' }: Operation = operations[operationId];
  const validators: Validators = requestValidators;
  const expected: Validators = expectations.requests;
  switch (body.kind) {
    case 'none':
      return { value: undefined };
    case 'read':
      return validate(
        target,
        [validators[operationId], expected[operationId]],
        body.value,
        ({ pointer, ...violation }) => ({ ...violation, pointer: `/body${pointer}` }),
      );
    case 'malformed':
      return unread(dialect.malformed(body.problem), '/body', 'syntax', body.problem);
    case 'unsupported': {
      const { mediaType, coding } = body;
      const { unknown, known } = coding ?? { unknown: `content-type ${mediaType}`, known: requestType };
      const pointer = coding ? '/headers' : '/headers/content-type';
      return unread(dialect.unsupported(unknown, known), pointer, 'const', known);
    }
    case 'tooLarge':
      return unread(dialect.tooLarge, '/body', 'maxLength', 'must be smaller');
  }
}

function unread(error: ErrorResponse, pointer: string, keyword: string, expected: string): Part {
  return { error: withViolation(error, pointer, keyword, expected) };
}

function validate(
  target: OperationTarget,
  [validator, expected]: readonly (Validator<unknown> | undefined)[],
  value: unknown,
  place: (violation: Violation) => Violation,
): Part {
  const error = validator && checkWith(validator);
  if (error) return { error, value };
  const unexpected = expected && checkWith(expected);
  return { value, ...(unexpected && { unexpected }) };

  function checkWith(check: Validator<unknown>): ErrorResponse | undefined {
    const validation = check(value);
    if (validation.ok) return undefined;
    const response = errorFor(target, check, value, validation.violations);
    return { ...response, violations: validation.violations.map(place) };
  }
}

function errorFor(
  { operationId, host }: OperationTarget,
  validator: Validator<unknown>,
  value: unknown,
  violations: readonly Violation[],
): ErrorResponse {
  const { model, bodyError } = handlerOf(operationId);
  const ownError = bodyError?.(value);
  if (ownError) return ownError;
  const missing = missingArgumentOf(validator, value);
  if (missing !== undefined) return dialects[host].missing(missing);
  return dialects[host].invalid(model, problemsOf(violations), operations[operationId].errors);
}
