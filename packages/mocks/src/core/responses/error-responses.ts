import type { components } from '@partner-ecosystem/openapi/schema';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { FieldProblem } from '../contract/explain-violations.ts';
import { type Basis, type Behaviour, behaviours } from '../model/behaviours.ts';

/** An error response of the provider. */
export interface ErrorResponse {
  readonly status: number;
  readonly body: components['schemas']['LoopBackError'] | components['schemas']['PersistError'];
  /** The evidence that the provider responds so. */
  readonly basis: Basis;
  /** How the request violates the contract. */
  readonly violations?: readonly Violation[];
}

/** Also the response to denied access: the platform has no separate response for it. */
export const authorizationRequired = coded(
  'authorizationRequired',
  401,
  'Authorization Required',
  'AUTHORIZATION_REQUIRED',
);
export const invalidToken = coded('expiredTokenOnce', 401, 'Invalid Access Token', 'INVALID_TOKEN');
export const loginFailed = coded('loginFailed', 401, 'login failed', 'LOGIN_FAILED');
export const usernameRequired = coded(
  'usernameRequired',
  400,
  'username or email is required',
  'USERNAME_EMAIL_REQUIRED',
);
export const invalidUsername = coded('credentialKind', 400, 'Invalid username', 'INVALID_USERNAME');
export const invalidRealm = coded('credentialKind', 400, 'Invalid realm', 'INVALID_REALM');
export const realmRequired = coded('realmRequired', 400, 'realm is required', 'REALM_REQUIRED');
export const invalidStatus = uncoded('invalidStatus', 400, 'Error', 'Not a valid status');
/** The response of the platform's checks to an unknown merchant. */
export const merchantNotFound: ErrorResponse = {
  status: 400,
  body: { error: { merchantNotFound: true } },
  basis: behaviours.merchantNotFound,
};

export function modelNotFound(model: string, id: string): ErrorResponse {
  return coded('modelNotFound', 404, `Unknown "${model}" id "${id}".`, 'MODEL_NOT_FOUND');
}

export function missingArgument(name: string): ErrorResponse {
  return uncoded('missingArgument', 400, 'Error', `${name} is a required argument`);
}

export function badArgument(problems: readonly FieldProblem[]): ErrorResponse {
  return uncoded('missingArgument', 400, 'Error', sentences(problems));
}

/** The framework's response to a record that breaks the rules of its model. */
export function validationError(
  model: string,
  problems: readonly FieldProblem[],
  behaviour: Behaviour = 'validationError',
): ErrorResponse {
  const message = `The \`${model}\` instance is not valid. Details: ${sentences(problems)}.`;
  const details = {
    context: model,
    codes: byField(problems, ({ code }) => code),
    messages: byField(problems, (problem) => problem.message),
  };
  const error = { statusCode: 422, name: 'ValidationError', message, details };
  return {
    status: 422,
    body: { error },
    basis: behaviours[behaviour],
    violations: problems.map(violationOf),
  };
}

/** Describes a problem that the sandbox found in a request that the contract allows. */
function violationOf({ field, code, message }: FieldProblem): Violation {
  return { pointer: `/body/${field.replaceAll('.', '/')}`, keyword: code, expected: message };
}

function byField(problems: readonly FieldProblem[], pick: (problem: FieldProblem) => string) {
  const fields = [...new Set(problems.map(({ field }) => field))];
  return Object.fromEntries(
    fields.map((field) => [field, problems.filter((problem) => problem.field === field).map(pick)]),
  );
}

/** A response of the framework without an error code. */
export function uncoded(behaviour: Behaviour, status: number, name: string, message: string): ErrorResponse {
  return { status, body: { error: { statusCode: status, name, message } }, basis: behaviours[behaviour] };
}

/** A response of the framework with an error code. */
function coded(behaviour: Behaviour, status: number, message: string, code: string): ErrorResponse {
  return {
    status,
    body: { error: { statusCode: status, name: 'Error', message, code } },
    basis: behaviours[behaviour],
  };
}

function sentences(problems: readonly FieldProblem[]): string {
  return problems.map(({ field, message }) => `\`${field}\` ${message}`).join('; ');
}
