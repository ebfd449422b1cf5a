import type { components } from '@partner-ecosystem/openapi/schema';

/** A response that says no. */
export interface Refusal {
  readonly status: number;
  readonly body: components['schemas']['LoopBackError'] | components['schemas']['PersistError'];
}

/** One field that breaks one rule, said without its value. */
export interface FieldProblem {
  readonly field: string;
  /** As the framework names its rules, such as `presence` or `uniqueness`. */
  readonly code: string;
  readonly message: string;
}

/** Also what denied access looks like: this platform has no other word for it. */
export const authorizationRequired: Refusal = coded(401, 'Authorization Required', 'AUTHORIZATION_REQUIRED');
export const invalidToken: Refusal = coded(401, 'Invalid Access Token', 'INVALID_TOKEN');
export const loginFailed: Refusal = coded(401, 'login failed', 'LOGIN_FAILED');
export const usernameRequired: Refusal = coded(
  400,
  'username or email is required',
  'USERNAME_EMAIL_REQUIRED',
);
export const invalidUsername: Refusal = coded(400, 'Invalid username', 'INVALID_USERNAME');
export const invalidRealm: Refusal = coded(400, 'Invalid realm', 'INVALID_REALM');
export const realmRequired: Refusal = coded(400, 'realm is required', 'REALM_REQUIRED');
export const invalidStatus: Refusal = uncoded(400, 'Error', 'Not a valid status');
/** As the platform's checks answer for a merchant they do not know. */
export const merchantNotFound: Refusal = { status: 400, body: { error: { merchantNotFound: true } } };

export function modelNotFound(model: string, id: string): Refusal {
  return coded(404, `Unknown "${model}" id "${id}".`, 'MODEL_NOT_FOUND');
}

export function missingArgument(name: string): Refusal {
  return uncoded(400, 'Error', `${name} is a required argument`);
}

export function badArgument(problems: readonly FieldProblem[]): Refusal {
  return uncoded(400, 'Error', sentences(problems));
}

/** What the framework says of a record that breaks its model's rules. */
export function validationError(model: string, problems: readonly FieldProblem[]): Refusal {
  const message = `The \`${model}\` instance is not valid. Details: ${sentences(problems)}.`;
  const details = {
    context: model,
    codes: byField(problems, ({ code }) => code),
    messages: byField(problems, (problem) => problem.message),
  };
  return { status: 422, body: { error: { statusCode: 422, name: 'ValidationError', message, details } } };
}

function byField(problems: readonly FieldProblem[], pick: (problem: FieldProblem) => string) {
  const fields = [...new Set(problems.map(({ field }) => field))];
  return Object.fromEntries(
    fields.map((field) => [field, problems.filter((problem) => problem.field === field).map(pick)]),
  );
}

export function uncoded(status: number, name: string, message: string): Refusal {
  return { status, body: { error: { statusCode: status, name, message } } };
}

function coded(status: number, message: string, code: string): Refusal {
  return { status, body: { error: { statusCode: status, name: 'Error', message, code } } };
}

function sentences(problems: readonly FieldProblem[]): string {
  return problems.map(({ field, message }) => `\`${field}\` ${message}`).join('; ');
}
