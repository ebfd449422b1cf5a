import { ApiError, type ErrorResponse } from './api-error.ts';

/** 400, 413, 415 and other 4xx: the request is wrong. Correct it before you send it again. */
export class BadRequestError extends ApiError {
  static override name = 'BadRequestError';
}

/** 401, even with a new token. The provider also sends 401 if a call is not permitted. */
export class AuthenticationError extends ApiError {
  static override name = 'AuthenticationError';
}

/** 403: the call is not permitted. A 403 that reports a limit is a {@link RateLimitError}. */
export class ForbiddenError extends ApiError {
  static override name = 'ForbiddenError';
}

/** 404, or 400 with `merchantNotFound`: the merchant, realm, flow or path does not exist. */
export class NotFoundError extends ApiError {
  static override name = 'NotFoundError';
}

/**
 * Rules that each invalid field breaks, such as `presence` or `uniqueness`, by the name of the field. A name that no request
 * of the contract has is `*`, because the name may be a value. A rule that LoopBack does not have is also `*`.
 */
export type InvalidFields = { readonly [field: string]: readonly string[] };

/** 422: some fields are invalid. */
export class ValidationError extends ApiError {
  static override name = 'ValidationError';

  /** Names of the invalid fields with the rules that they break, without values. Empty if the provider names none. */
  declare readonly fields: InvalidFields;

  constructor(response: ErrorResponse, fields: InvalidFields) {
    const descriptions = Object.entries(fields).map(([field, rules]) => `${field} (${rules.join(', ')})`);
    const list = descriptions.join('; ');
    super(response, list && ` Correct the fields: ${list}.`);
    this.fields = fields;
  }
}

/**
 * Too many requests: 429, or a 403 that has `Retry-After`, or that mentions a limit and has no error code. The provider did
 * not apply the request.
 */
export class RateLimitError extends ApiError {
  static override name = 'RateLimitError';
}

/** 5xx, 408 or 425: the provider is not able to respond now. */
export class ServerError extends ApiError {
  static override name = 'ServerError';
}
