import { readLogin } from '@partner-ecosystem/openapi/operations';
import { ApiError } from '../errors/api-error.ts';
import { LoginError } from '../errors/login-error.ts';
import { PartnerError } from '../errors/partner-error.ts';
import type { LoginReason } from '../events/client-event.ts';
import type { HttpResult } from '../http/http-result.ts';
import { readError } from '../http/read-error.ts';
import { isTransient, longestRetryAfterMs, retryAfterMsOf } from '../retry/retry-policy.ts';
import type { AttemptLimits } from '../timing/with-time-limit.ts';
import type { IssuedToken } from './token-lifetime.ts';
import { type Credentials, currentValue, isToken, loginCall, type ValueOrFunction } from './token-source.ts';

export type LoginPartner = (credentials: Credentials, reason: LoginReason) => Promise<HttpResult>;

/**
 * Logs in. A failed login has a backoff, which spares a provider in trouble and keeps the account from being locked. The
 * backoff lasts 1 s, doubled with each failure up to 30 s, or as long as `Retry-After` asks for, up to five minutes.
 *
 * @param limits - The client's limits, for reading the credentials.
 */
export function createLogIn(
  credentials: ValueOrFunction<Credentials>,
  loginPartner: LoginPartner,
  limits: AttemptLimits,
) {
  let failure: unknown;
  let nextBackoffMs = 1000;
  let backoffEndsAt = 0;
  const retryAfterMs = () => Math.ceil(backoffEndsAt - performance.now());

  return {
    retryAfterMs,
    /** During the backoff, throws the failure of the last login again. */
    logIn: async (reasonAt: (now: number) => LoginReason): Promise<IssuedToken> => {
      if (retryAfterMs() > 0) throw failure;
      try {
        const given = await currentValue(credentials, loginCall, limits);
        const requestedAt = performance.now();
        const result = await loginPartner(given, reasonAt(requestedAt));
        const [token, ttlSeconds] = readLogin(result.body);
        if (!isToken(token)) throw readError(loginCall, result);
        nextBackoffMs = 1000;
        return { token, ttlSeconds, requestedAt };
      } catch (error) {
        const isRejection =
          error instanceof ApiError && error.status > 399 && error.status < 500 && !isTransient(error);
        failure = isRejection ? new LoginError(error) : error;
        if (error instanceof PartnerError) {
          const askedMs = Math.min(retryAfterMsOf(error), longestRetryAfterMs);
          backoffEndsAt = performance.now() + Math.max(nextBackoffMs, askedMs);
          nextBackoffMs = Math.min(2 * nextBackoffMs, 30_000);
        }
        throw failure;
      }
    },
  };
}
