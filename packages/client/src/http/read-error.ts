import { requestNames } from '@partner-ecosystem/openapi/operations';
import type { ApiError, ErrorResponse } from '../errors/api-error.ts';
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
import { type HttpResult, isRecord, unchecked } from './http-result.ts';
import { readRetryAfter } from './response-headers.ts';

/**
 * Creates the error of a response that is not a success. The HTTP status decides, with two exceptions: the flag
 * `merchantNotFound` of a 400, and a 403 that reports a limit. Any body is accepted: LoopBack's error with properties
 * missing, the file store's error, `{}`, nothing, or a proxy's HTML.
 */
export function readError(call: CallInfo, result: HttpResult): ApiError {
  const { status } = result;
  const detail = unchecked(result.body)?.['error'];
  const retryAfterMs = readRetryAfter(result.headers);
  const response: ErrorResponse = { ...call, ...result, code: readCode(detail), retryAfterMs };

  if (status === 422) return new ValidationError(response, readFields(detail));
  if (status === 400 && unchecked(detail)?.['merchantNotFound'] === true) return new NotFoundError(response);
  if (status === 403 && reportsLimit(response, detail)) return new RateLimitError(response);
  // A 2xx that does not come from the API, or a redirect, whose status is 0 in a page.
  if (status < 400) return new UnreadableResponseError(response);
  const OtherError = status < 500 ? BadRequestError : ServerError;
  return new (classes[status] ?? OtherError)(response);
}

const classes: { readonly [status: number]: typeof ApiError } = {
  401: AuthenticationError,
  403: ForbiddenError,
  404: NotFoundError,
  408: ServerError,
  425: ServerError,
  429: RateLimitError,
};

/** The provider also uses 403 for limits. A 403 without a sign of a limit counts as a missing permission. */
function reportsLimit({ headers, code }: ErrorResponse, detail: unknown): boolean {
  const message = unchecked(detail)?.['message'];
  return (
    headers.has('Retry-After') ||
    (!code && typeof message === 'string' && /\b(limit|too many|throttl)/i.test(message))
  );
}

/** Messages contain the code, so the pattern excludes personal names and numbers. */
function readCode(detail: unknown): string | undefined {
  const code = unchecked(detail)?.['code'];
  return typeof code === 'string' && /^[A-Z]{2,20}(_[A-Z]{2,20}){1,5}$/.test(code) ? code : undefined;
}

/**
 * Messages contain the fields and their rules. A name that the contract does not have may be a person's data, such as a
 * number or a name, so it becomes `*`. A rule that LoopBack does not have also becomes `*`.
 */
function readFields(detail: unknown): InvalidFields {
  const codes = unchecked(unchecked(detail)?.['details'])?.['codes'];
  const fields: Record<string, string[]> = {};
  // The entries of a list or of a text have no names of fields.
  if (isRecord(codes))
    for (const [name, rules] of Object.entries(codes)) {
      const field = requestNames.includes(name) ? name : '*';
      fields[field] = [...new Set((fields[field] ?? []).concat([rules].flat().map(readRule)))];
    }
  return fields;
}

/** Reads the name of a rule, without its kind: `length` of `length.min`. The kind of a custom rule can be any text. */
function readRule(rule: unknown): string {
  return (typeof rule === 'string' && loopbackRules.exec(rule)?.[0]) || '*';
}

const loopbackRules =
  /^(absence|custom|exclusion|format|inclusion|length|numericality|presence|uniqueness)\b/;
