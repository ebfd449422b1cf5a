import type { Answer } from './http-result.ts';
import { ApiError, type Refusal } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { BadRequestError } from '../errors/bad-request-error.ts';
import { ForbiddenError } from '../errors/forbidden-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { Attempted } from '../errors/partner-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { ServerError } from '../errors/server-error.ts';
import { type RefusedFields, ValidationError } from '../errors/validation-error.ts';
import { member } from './get-property.ts';
import { requestId } from './request-id.ts';
import { retryAfter } from './retry-after.ts';

/**
 * The error that a refusal stands for. The HTTP status decides, save for one flag that some calls give in place of a
 * 404, and for a 403 that is about a limit. Any body will do: LoopBack's with members missing, the file store's, `{}`,
 * none, or a proxy's HTML.
 */
export function readError(attempted: Attempted, { status, headers, body }: Answer): ApiError {
  const detail = member(body, 'error');
  const refusal: Refusal = {
    ...attempted,
    status,
    headers,
    body,
    code: readCode(detail),
    requestId: requestId(headers),
    retryAfterMs: retryAfter(headers.get('Retry-After'), Date.now()),
  };

  if (status === 400 && member(detail, 'merchantNotFound') === true) return new NotFoundError(refusal);
  if (status === 429 || (status === 403 && isAboutLimit(refusal, detail))) return new RateLimitError(refusal);
  if (status === 401) return new AuthenticationError(refusal);
  if (status === 403) return new ForbiddenError(refusal);
  if (status === 404) return new NotFoundError(refusal);
  if (status === 422) return new ValidationError(refusal, readFields(detail));
  if (status >= 500 || status === 408 || status === 425) return new ServerError(refusal);
  if (status >= 400) return new BadRequestError(refusal);
  return new ApiError(refusal);
}

/** The provider uses 403 for limits as well. Where it does not say so, it counts as refused. */
function isAboutLimit({ headers, code }: Refusal, detail: unknown): boolean {
  if (headers.has('Retry-After')) return true;
  return code === undefined && /\b(limit|too many|throttl)/i.test(String(member(detail, 'message')));
}

/** A code goes into messages, so only what has the shape of one is taken for one: no name or number has. */
function readCode(detail: unknown): string | undefined {
  const code = member(detail, 'code');
  return typeof code === 'string' && /^[A-Z]{2,20}(_[A-Z]{2,20}){1,5}$/.test(code) ? code : undefined;
}

function readFields(detail: unknown): RefusedFields {
  const codes = member(member(detail, 'details'), 'codes');
  const fields = Object.entries(typeof codes === 'object' && codes !== null ? codes : {});
  return Object.fromEntries(fields.map(([field, rules]) => [field, readRules(rules)]));
}

/** Rules go into messages as well: words such as `presence` or `custom.tooLong`, and nothing longer. */
function readRules(rules: unknown): string[] {
  const isRule = (rule: unknown) => typeof rule === 'string' && /^[A-Za-z][\w.-]{0,63}$/.test(rule);
  return Array.isArray(rules) ? rules.filter(isRule) : [];
}
