import type { components } from '@partner-ecosystem/openapi/schema';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { FieldProblem } from '../contract/explain-violations.ts';
import { type Basis, type Behaviour, behaviours } from '../model/behaviours.ts';

/** A response that says no. */
export interface ErrorResponse {
  readonly status: number;
  readonly body: components['schemas']['LoopBackError'] | components['schemas']['PersistError'];
  /** Where that it refuses, and how, is known from. */
  readonly basis: Basis;
  /** What of the request departs from the contract. */
  readonly violations?: readonly Violation[];
}

/** Also what denied access looks like: this platform has no other word for it. */
export const authorizationRequired: ErrorResponse = coded(
  'authorizationRequired',
  401,
  'Authorization Required',
  'AUTHORIZATION_REQUIRED',
);
export const invalidToken: ErrorResponse = coded(
  'expiredTokenOnce',
  401,
  'Invalid Access Token',
  'INVALID_TOKEN',
);
export const loginFailed: ErrorResponse = coded('loginFailed', 401, 'login failed', 'LOGIN_FAILED');
export const usernameRequired: ErrorResponse = coded(
  'usernameRequired',
  400,
  'username or email is required',
  'USERNAME_EMAIL_REQUIRED',
);
export const invalidUsername: ErrorResponse = coded(
  'credentialKind',
  400,
  'Invalid username',
  'INVALID_USERNAME',
);
export const invalidRealm: ErrorResponse = coded('credentialKind', 400, 'Invalid realm', 'INVALID_REALM');
export const realmRequired: ErrorResponse = coded(
  'realmRequired',
  400,
  'realm is required',
  'REALM_REQUIRED',
);
export const invalidStatus: ErrorResponse = uncoded('invalidStatus', 400, 'Error', 'Not a valid status');
/** As the platform's checks answer for a merchant they do not know. */
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

/** What the framework says of a record that breaks its model's rules. */
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

/** A problem that the machine found where the contract saw none. */
function violationOf({ field, code, message }: FieldProblem): Violation {
  return { pointer: `/body/${field.replaceAll('.', '/')}`, keyword: code, expected: message };
}

function byField(problems: readonly FieldProblem[], pick: (problem: FieldProblem) => string) {
  const fields = [...new Set(problems.map(({ field }) => field))];
  return Object.fromEntries(
    fields.map((field) => [field, problems.filter((problem) => problem.field === field).map(pick)]),
  );
}

export function uncoded(behaviour: Behaviour, status: number, name: string, message: string): ErrorResponse {
  return { status, body: { error: { statusCode: status, name, message } }, basis: behaviours[behaviour] };
}

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
