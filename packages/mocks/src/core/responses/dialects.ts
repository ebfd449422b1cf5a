import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { FieldProblem } from '../contract/explain-violations.ts';
import type { Host } from '../contract/route.ts';
import { behaviours } from '../model/behaviours.ts';
import {
  badArgument,
  type ErrorResponse,
  frameworkError,
  validationError,
  withViolation,
} from './operation-responses.ts';

/** The error responses of one of the provider's hosts to requests that reach no operation. */
export interface Dialect {
  /** The contract of this operation applies to responses outside every operation. */
  readonly representativeOperation: OperationId;
  readonly tooLarge: ErrorResponse;
  readonly internalError: ErrorResponse;
  readonly noSuchPath: (method: string, path: string) => ErrorResponse;
  /** `what` is a media type or a coding, such as `content-type text/plain`. */
  readonly unsupported: (what: string, expected: string) => ErrorResponse;
  readonly malformed: (problem: string) => ErrorResponse;
  readonly missing: (argument: string) => ErrorResponse;
  /** `statuses` has the statuses that the contract lists for the operation. */
  readonly invalid: (model: string, problems: readonly FieldProblem[], statuses: object) => ErrorResponse;
}

/** The platform uses the words of its framework. It has no 405: it treats a wrong method as an unknown path. */
const platform: Dialect = {
  representativeOperation: 'pullMerchant',
  tooLarge: frameworkError('tooLarge', 413, 'request entity too large', { name: 'PayloadTooLargeError' }),
  internalError: {
    status: 500,
    body: { error: { statusCode: 500, message: 'Internal Server Error' } },
    basis: behaviours.serverError,
  },
  noSuchPath: (method, path) =>
    frameworkError('noSuchPath', 404, `There is no method to handle ${method} ${path}`),
  unsupported: (what, expected) =>
    frameworkError(
      'unsupportedMediaType',
      415,
      `${what[0]?.toUpperCase()}${what.slice(1)} is not supported. Send ${expected}.`,
      { name: 'UnsupportedMediaTypeError' },
    ),
  malformed: (problem) => frameworkError('malformedJson', 400, problem, { name: 'SyntaxError' }),
  missing: (argument) =>
    withViolation(
      frameworkError('missingArgument', 400, `${argument} is a required argument`),
      `/body/${argument}`,
      'required',
      'must be present',
    ),
  invalid: (model, problems, statuses) =>
    '422' in statuses ? validationError(model, problems) : badArgument(problems),
};

/** The file store has its own error format, and never responds with 415 or 422. */
const fileStore: Dialect = {
  representativeOperation: 'uploadFile',
  tooLarge: storeError(413, 'Payload too large', 'the file is larger than 100 MB'),
  internalError: storeError(500, 'Internal server error', 'try again later'),
  noSuchPath: () => storeError(404, 'Not found', 'no such path'),
  unsupported: (what, expected) => badUpload(`${what} is not supported; send ${expected}`),
  malformed: badUpload,
  missing: (argument) => badUpload(`${argument} is required`),
  invalid: (_, problems) => badUpload(problems.map(({ field, message }) => `${field} ${message}`).join('; ')),
};

export const dialects: { readonly [H in Host]: Dialect } = { platform, 'file-store': fileStore };

export const noSuchFile = storeError(404, 'Not found', 'no such file');
export const keyRequired = storeError(401, 'Unauthorized', 'key is required');

export function badUpload(reason: string): ErrorResponse {
  return storeError(400, 'Bad request', reason);
}

function storeError(status: number, message: string, reason: string): ErrorResponse {
  const body = { name: 'error', message, reason, type: 'error', statusCode: `${status}` };
  return { status, body, basis: behaviours.storeError };
}
