import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import {
  parameters as parameterValidators,
  requests as requestValidators,
  type Validator,
  type Violation,
} from '@partner-ecosystem/openapi/validators';
import { missingArgumentOf, problemsOf } from '../contract/explain-violations.ts';
import type { PathParameters } from '../contract/route.ts';
import type { ApiRequest } from '../model/command.ts';
import { handlerOf } from '../operations/handlers.ts';
import type { Dialect } from '../responses/dialects.ts';
import type { ErrorResponse } from '../responses/error-responses.ts';

/** What an operation is given, or why it is not performed. */
export type Input =
  | ({ readonly ok: true } & Given)
  | {
      readonly ok: false;
      readonly refusal: ErrorResponse;
      readonly violations: readonly Violation[];
      /** What there is, though it departs from the contract; none, where it could not be read at all. */
      readonly given: Given | undefined;
    };

/** What a request brings along. */
export interface Given {
  readonly body: unknown;
  readonly parameters: unknown;
}

/** For which operation input is read, and how it is refused. */
export interface Reader {
  readonly operationId: OperationId;
  readonly dialect: Dialect;
}

/** Holds a request's parameters and body to the contract. */
export function readInput(reader: Reader, path: PathParameters, request: ApiRequest): Input {
  const parameters = readParameters(reader, path, request);
  const body = readBody(reader, request);
  if (parameters.ok && body.ok) return { ok: true, body: body.value, parameters: parameters.value };
  const refusal = parameters.ok ? !body.ok && body.refusal : parameters.refusal;
  if (!refusal) throw new TypeError('What is refused has a refusal.');
  const violations = refusal.violations ?? [];
  const isRead = 'value' in body && 'value' in parameters;
  const given = isRead ? { body: body.value, parameters: parameters.value } : undefined;
  return { ok: false, refusal, violations, given };
}

type Read =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: ErrorResponse; readonly value?: unknown };

type Validators = { readonly [Id in OperationId]?: Validator<unknown> };

function readParameters(reader: Reader, path: PathParameters, { query }: ApiRequest): Read {
  const validators: Validators = parameterValidators;
  const validator = validators[reader.operationId];
  if (!validator) return { ok: true, value: {} };
  const given: { [name: string]: unknown } = Object.create(null); // Names may be anything, `__proto__` too.
  // A parameter that is given twice is a list, which no parameter may be.
  for (const [name, value] of query) given[name] = name in given ? [value] : value;
  return validate(reader, validator, Object.assign(given, path), ({ pointer, ...violation }) => {
    const place = Object.hasOwn(path, pointer.slice(1)) ? 'path' : 'query';
    return { ...violation, pointer: `/${place}${pointer}` };
  });
}

function readBody(reader: Reader, { body }: ApiRequest): Read {
  const { dialect, operationId } = reader;
  const { requestType = '' }: Operation = operations[operationId];
  const validators: Validators = requestValidators;
  switch (body.kind) {
    case 'none':
      return { ok: true, value: undefined };
    case 'read':
      return validate(reader, validators[operationId], body.value, ({ pointer, ...violation }) => ({
        ...violation,
        pointer: `/body${pointer}`,
      }));
    case 'malformed':
      return refused(dialect.malformed(body.problem), '/body', 'syntax', body.problem);
    case 'unsupported': {
      const refusal = dialect.unsupported(body.mediaType, requestType);
      return refused(refusal, '/headers/content-type', 'const', requestType);
    }
    case 'tooLarge':
      return refused(dialect.tooLarge, '/body', 'maxLength', 'must be smaller');
  }
}

function refused(refusal: ErrorResponse, pointer: string, keyword: string, expected: string): Read {
  return { ok: false, refusal: { ...refusal, violations: [{ pointer, keyword, expected }] } };
}

function validate(
  reader: Reader,
  validator: Validator<unknown> | undefined,
  value: unknown,
  place: (violation: Violation) => Violation,
): Read {
  if (!validator) return { ok: true, value };
  const validation = validator(value);
  if (validation.ok) return validation;
  const violations = validation.violations.map(place);
  return { ok: false, refusal: { ...refuseInvalid(reader, validator, value), violations }, value };
}

function refuseInvalid(reader: Reader, validator: Validator<unknown>, value: unknown): ErrorResponse {
  const { dialect, operationId } = reader;
  const { model, refuseBody } = handlerOf(operationId);
  const own = refuseBody?.(value);
  if (own) return own;
  const missing = missingArgumentOf(validator, value);
  if (missing !== undefined) return dialect.missing(missing);
  return dialect.invalid(model, problemsOf(validator, value), operations[operationId].errors);
}
