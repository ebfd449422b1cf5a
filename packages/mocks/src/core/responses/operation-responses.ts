import type { components } from '@partner-ecosystem/openapi/schema';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import type { FieldProblem } from '../contract/explain-violations.ts';
import { type Basis, type Behaviour, behaviours } from '../model/behaviours.ts';
import type { Change } from '../model/command.ts';

/** An error response of the provider. */
export interface ErrorResponse {
  readonly status: number;
  readonly body: components['schemas']['LoopBackError'] | components['schemas']['PersistError'];
  /** The evidence for this response of the provider. */
  readonly basis: Basis;
  /** How the request violates the contract. */
  readonly violations?: readonly Violation[];
}

export interface OperationResult<Body> extends Change {
  readonly response: ErrorResponse | (Warned & { readonly status: 200; readonly body: Body });
}

interface Warned {
  /** Differences of the request from what the contract expects. Signzy does not forbid them. */
  readonly warnings?: readonly Violation[];
}

export function succeed<Body>(body: Body, change: Change = {}, warned: Warned = {}): OperationResult<Body> {
  return { ...change, response: { ...warned, status: 200, body } };
}

/** Turns problems into warnings for the journal. */
export function warningsOf(problems: readonly FieldProblem[]): Warned {
  return problems.length === 0 ? {} : { warnings: problems.map(violationOf) };
}

export function fail(response: ErrorResponse) {
  return { response };
}

/** Creates an error response in the format of the platform's framework. */
export function frameworkError(
  behaviour: Behaviour,
  status: number,
  message: string,
  more: { readonly name?: string; readonly code?: string; readonly details?: object } = {},
): ErrorResponse {
  const error = { statusCode: status, name: 'Error', message, ...more };
  return { status, body: { error }, basis: behaviours[behaviour] };
}

/** Names the place of the mistake in the request. The provider's own responses leave the place out. */
export function withViolation(
  error: ErrorResponse,
  pointer: string,
  keyword: string,
  expected: string,
): ErrorResponse {
  return { ...error, violations: [{ pointer, keyword, expected }] };
}

/** Also the response to denied access: the platform has no separate response for denied access. */
export const authorizationRequired = frameworkError('authorizationRequired', 401, 'Authorization Required', {
  code: 'AUTHORIZATION_REQUIRED',
});
export const invalidToken = frameworkError('expiredTokenOnce', 401, 'Invalid Access Token', {
  code: 'INVALID_TOKEN',
});
export const loginFailed = frameworkError('loginFailed', 401, 'login failed', { code: 'LOGIN_FAILED' });
export const usernameRequired = withViolation(
  frameworkError('usernameRequired', 400, 'username or email is required', {
    code: 'USERNAME_EMAIL_REQUIRED',
  }),
  '/body/username',
  'required',
  'must be present, unless email is',
);
export const invalidUsername = withViolation(
  frameworkError('credentialKind', 400, 'Invalid username', { code: 'INVALID_USERNAME' }),
  '/body/username',
  'type',
  'must be string',
);
export const invalidRealm = withViolation(
  frameworkError('credentialKind', 400, 'Invalid realm', { code: 'INVALID_REALM' }),
  '/body/realm',
  'type',
  'must be string',
);
export const realmRequired = withViolation(
  frameworkError('realmRequired', 400, 'realm is required', { code: 'REALM_REQUIRED' }),
  '/body/realm',
  'required',
  'must be present',
);
export const invalidStatus = frameworkError('invalidStatus', 400, 'Not a valid status');
/** The response of the platform's checks to an unknown merchant. */
export const merchantNotFound: ErrorResponse = {
  status: 400,
  body: { error: { merchantNotFound: true } },
  basis: behaviours.merchantNotFound,
};

export function modelNotFound(model: string, id: string): ErrorResponse {
  return frameworkError('modelNotFound', 404, `Unknown "${model}" id "${id}".`, { code: 'MODEL_NOT_FOUND' });
}

export function badArgument(problems: readonly FieldProblem[]): ErrorResponse {
  return frameworkError('missingArgument', 400, sentences(problems));
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
  return {
    ...frameworkError(behaviour, 422, message, { name: 'ValidationError', details }),
    violations: problems.map(violationOf),
  };
}

function violationOf({ field, code, message: expected }: FieldProblem): Violation {
  return { pointer: `/body/${field.replaceAll('.', '/')}`, keyword: code, expected };
}

function byField(problems: readonly FieldProblem[], pick: (problem: FieldProblem) => string) {
  const groups = Map.groupBy(problems, ({ field }) => field);
  return Object.fromEntries([...groups].map(([field, found]) => [field, found.map(pick)]));
}

function sentences(problems: readonly FieldProblem[]): string {
  return problems.map(({ field, message }) => `\`${field}\` ${message}`).join('; ');
}
