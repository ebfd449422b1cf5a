import { ApiError, type ErrorResponse } from '../errors/api-error.ts';
import type { CallInfo } from '../errors/partner-error.ts';
import {
  AuthenticationError,
  BadRequestError,
  ForbiddenError,
  type InvalidFields,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
} from '../errors/status-errors.ts';
import { UnreadableResponseError } from '../errors/unreadable-response-error.ts';
import { getProperty, type HttpResult } from './http-result.ts';
import { readRequestId, readRetryAfter } from './response-headers.ts';

/**
 * Creates the error of a response that is not a success. The HTTP status decides, with two exceptions: the flag
 * `merchantNotFound` of a 400, and a 403 that reports a limit. Any body is accepted: LoopBack's error with properties
 * missing, the file store's error, `{}`, nothing, or a proxy's HTML.
 */
export function readError(call: CallInfo, { ok, status, headers, body }: HttpResult): ApiError {
  const detail = getProperty(body, 'error');
  const response: ErrorResponse = {
    ...call,
    status,
    headers,
    body,
    code: readCode(detail),
    requestId: readRequestId(headers),
    retryAfterMs: readRetryAfter(headers),
  };

  if (status === 400 && getProperty(detail, 'merchantNotFound') === true) return new NotFoundError(response);
  if (status === 429 || (status === 403 && reportsLimit(response, detail)))
    return new RateLimitError(response);
  if (status === 401) return new AuthenticationError(response);
  if (status === 403) return new ForbiddenError(response);
  if (status === 404) return new NotFoundError(response);
  if (status === 422) return new ValidationError(response, readFields(detail));
  if (status >= 500 || status === 408 || status === 425) return new ServerError(response);
  if (status >= 400) return new BadRequestError(response);
  return ok ? new UnreadableResponseError(response) : new ApiError(response);
}

/** The provider also uses 403 for limits. A 403 without a sign of a limit counts as a missing permission. */
function reportsLimit({ headers, code }: ErrorResponse, detail: unknown): boolean {
  if (headers.has('Retry-After')) return true;
  return code === undefined && /\b(limit|too many|throttl)/i.test(String(getProperty(detail, 'message')));
}

/** Messages contain the code, so the pattern excludes names and numbers of people. */
function readCode(detail: unknown): string | undefined {
  const code = getProperty(detail, 'code');
  return typeof code === 'string' && /^[A-Z]{2,20}(_[A-Z]{2,20}){1,5}$/.test(code) ? code : undefined;
}

function readFields(detail: unknown): InvalidFields {
  const codes = getProperty(getProperty(detail, 'details'), 'codes');
  const fields = Object.entries(typeof codes === 'object' && codes !== null ? codes : {});
  return Object.fromEntries(fields.map(([field, rules]) => [field, readRules(rules)]));
}

/** Messages contain the rules, so only short words such as `presence` or `custom.tooLong` are kept. */
function readRules(rules: unknown): string[] {
  const isRule = (rule: unknown) => typeof rule === 'string' && /^[A-Za-z][\w.-]{0,63}$/.test(rule);
  return Array.isArray(rules) ? rules.filter(isRule) : [];
}
