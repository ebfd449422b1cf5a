import { type Operation, type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import {
  parameters as parameterValidators,
  requests as requestValidators,
  type Validator,
} from '@partner-ecosystem/openapi/validators';
import type { ApiRequest } from './command.ts';
import type { Dialect } from './dialects.ts';
import { missingArgumentOf, problemsOf } from './explain-violations.ts';
import type { Refusal } from './refusals.ts';
import type { PathParameters } from './route.ts';

/** What an operation is given, or why it is not performed. */
export type Input =
  | { readonly ok: true; readonly body: unknown; readonly parameters: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

/** For which operation input is read, and how it is refused. */
export interface Reader {
  readonly operationId: OperationId;
  readonly dialect: Dialect;
  readonly model: string;
  readonly refuseBody?: (body: unknown) => Refusal | undefined;
}

/** Holds a request's parameters and body to the contract. */
export function readInput(reader: Reader, path: PathParameters, request: ApiRequest): Input {
  const parameters = readParameters(reader, path, request);
  if (!parameters.ok) return parameters;
  const body = readBody(reader, request);
  return body.ok ? { ok: true, body: body.value, parameters: parameters.value } : body;
}

type Read =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

type Validators = { readonly [Id in OperationId]?: Validator<unknown> };

function readParameters(reader: Reader, path: PathParameters, { query }: ApiRequest): Read {
  const validators: Validators = parameterValidators;
  const given = new Map<string, unknown>();
  // A parameter that is given twice is a list, which no parameter may be.
  for (const [name, value] of query) given.set(name, given.has(name) ? [value] : value);
  return validate(reader, validators[reader.operationId], { ...Object.fromEntries(given), ...path });
}

function readBody(reader: Reader, { body }: ApiRequest): Read {
  const { dialect, operationId } = reader;
  const { requestType = '' }: Operation = operations[operationId];
  const validators: Validators = requestValidators;
  switch (body.kind) {
    case 'none':
      return { ok: true, value: undefined };
    case 'read':
      return validate(reader, validators[operationId], body.value);
    case 'malformed':
      return { ok: false, refusal: dialect.malformed(body.problem) };
    case 'unsupported':
      return { ok: false, refusal: dialect.unsupported(body.mediaType, requestType) };
    case 'tooLarge':
      return { ok: false, refusal: dialect.tooLarge };
  }
}

function validate(reader: Reader, validator: Validator<unknown> | undefined, value: unknown): Read {
  if (!validator) return { ok: true, value };
  const validation = validator(value);
  if (validation.ok) return validation;
  return { ok: false, refusal: refuseInvalid(reader, validator, value) };
}

function refuseInvalid(reader: Reader, validator: Validator<unknown>, value: unknown): Refusal {
  const { dialect, model, operationId } = reader;
  const own = reader.refuseBody?.(value);
  if (own) return own;
  const missing = missingArgumentOf(validator, value);
  if (missing !== undefined) return dialect.missing(missing);
  return dialect.invalid(model, problemsOf(validator, value), operations[operationId].errors);
}
