import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { FieldProblem } from '../contract/explain-violations.ts';
import { behaviours } from '../model/behaviours.ts';
import {
  badArgument,
  type ErrorResponse,
  missingArgument,
  uncoded,
  validationError,
} from './error-responses.ts';

/** How one of the provider's hosts refuses what does not reach an operation. */
export interface Dialect {
  /** Responses outside every operation are held to the contract of this one. */
  readonly representativeOperation: OperationId;
  readonly tooLarge: ErrorResponse;
  readonly fault: ErrorResponse;
  readonly noSuchPath: (method: string, path: string) => ErrorResponse;
  readonly unsupported: (mediaType: string, expected: string) => ErrorResponse;
  readonly malformed: (problem: string) => ErrorResponse;
  readonly missing: (argument: string) => ErrorResponse;
  /** For an operation with the statuses that the contract lists for it. */
  readonly invalid: (model: string, problems: readonly FieldProblem[], statuses: object) => ErrorResponse;
}

/** The platform, in the words of its framework. It has no 405: a wrong method is a path that is not there. */
export const platform: Dialect = {
  representativeOperation: 'pullMerchant',
  tooLarge: uncoded('tooLarge', 413, 'PayloadTooLargeError', 'request entity too large'),
  fault: {
    status: 500,
    body: { error: { statusCode: 500, message: 'Internal Server Error' } },
    basis: behaviours.serverError,
  },
  noSuchPath: (method, path) =>
    uncoded('noSuchPath', 404, 'Error', `There is no method to handle ${method} ${path}`),
  unsupported: (mediaType, expected) =>
    uncoded(
      'unsupportedMediaType',
      415,
      'UnsupportedMediaTypeError',
      `Content-type ${mediaType} is not supported. Send ${expected}.`,
    ),
  malformed: (problem) => uncoded('malformedJson', 400, 'SyntaxError', problem),
  missing: missingArgument,
  invalid: (model, problems, statuses) =>
    '422' in statuses ? validationError(model, problems) : badArgument(problems),
};

/** The file store, which has a shape of its own, and neither 415 nor 422. */
export const store: Dialect = {
  representativeOperation: 'uploadFile',
  tooLarge: storeRefusal(413, 'PayloadTooLargeError', 'Payload too large', 'the file is larger than 100 MB'),
  fault: storeRefusal(500, 'InternalServerError', 'Internal server error', 'try again later'),
  noSuchPath: () => storeRefusal(404, 'NotFoundError', 'Not found', 'no such path'),
  unsupported: (mediaType, expected) =>
    badUpload(`content-type ${mediaType} is not supported; send ${expected}`),
  malformed: badUpload,
  missing: (argument) => badUpload(`${argument} is required`),
  invalid: (_, problems) => badUpload(problems.map(({ field, message }) => `${field} ${message}`).join('; ')),
};

export const noSuchFile: ErrorResponse = storeRefusal(404, 'NotFoundError', 'Not found', 'no such file');
export const keyRequired: ErrorResponse = storeRefusal(
  401,
  'AuthorizationError',
  'Unauthorized',
  'key is required',
);

export function badUpload(reason: string): ErrorResponse {
  return storeRefusal(400, 'ValidationError', 'Bad request', reason);
}

function storeRefusal(status: number, name: string, message: string, reason: string): ErrorResponse {
  const body = { name, message, reason, type: 'error', statusCode: `${status}` };
  return { status, body, basis: behaviours.storeRefusal };
}
