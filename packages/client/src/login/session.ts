import { ApiError } from '../errors/api-error.ts';
import { LoginError } from '../errors/login-error.ts';
import { TimeoutError } from '../errors/network-errors.ts';
import type { LoginReason } from '../events/client-event.ts';
import { getProperty, type HttpResult } from '../http/http-result.ts';
import { readError } from '../http/read-error.ts';
import { isTransient } from '../retry/retry-policy.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';
import { createLoginBackoff } from './login-backoff.ts';
import { type IssuedToken, lifetimeOf, type TokenLifetime } from './token-lifetime.ts';
import {
  type Credentials,
  currentValue,
  isToken,
  loginCall,
  type TokenSource,
  type ValueOrFunction,
} from './token-source.ts';
import type { TokenStore } from './token-store.ts';

export type LoginPartner = (credentials: Credentials, reason: LoginReason) => Promise<HttpResult>;

/**
 * Holds the partner's token, and renews it by logging in. A fresh token is used. An ageing token is used too, and
 * renewed in the background. A missing or ended token makes calls wait. All calls share one login at a time. They also
 * share its failure and the backoff that follows.
 *
 * @param timeoutMs - Time limit of what comes before a login: the credentials, and the store.
 */
export function createSession(
  credentials: ValueOrFunction<Credentials>,
  store: TokenStore | undefined,
  loginPartner: LoginPartner,
  timeoutMs: number,
): TokenSource {
  const backoff = createLoginBackoff();
  let current: TokenLifetime | undefined;
  let rejected: string | undefined;
  let renewal: Promise<string> | undefined;

  const logIn = () =>
    backoff.run(async () => {
      const given = await currentValue(credentials, { ...loginCall, timeoutMs });
      const requestedAt = performance.now();
      const issued = await readLogin(loginPartner(given, reasonFor(current, rejected)));
      return { ...issued, requestedAt };
    });

  const renew = async (): Promise<string> => {
    current = lifetimeOf(await (store ? store.renew(logIn, rejected, timeoutMs) : logIn()));
    return current.token;
  };

  const shareRenewal = (): Promise<string> => {
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };

  return {
    async token({ timeoutMs: callTimeoutMs }) {
      const now = performance.now();
      if (!current || now >= current.endsAt) {
        // The login has the limit of the client.
        if (callTimeoutMs >= timeoutMs) return shareRenewal();
        const timedOut = () => new TimeoutError(loginCall, callTimeoutMs);
        return withTimeLimit(callTimeoutMs, timedOut, shareRenewal);
      }
      // Renewed in the background. If that fails, the failure appears when the token has ended.
      if (now >= current.renewAt) shareRenewal().catch(() => {});
      return current.token;
    },

    // Only the rejected token: another caller may have renewed it in the meantime.
    discard(token) {
      if (current?.token !== token) return;
      rejected = token;
      current = undefined;
    },

    backoffMs: backoff.remainingMs,
  };
}

function reasonFor(current: TokenLifetime | undefined, rejected: string | undefined): LoginReason {
  if (current) return performance.now() < current.endsAt ? 'ageing' : 'ended';
  return rejected === undefined ? 'first' : 'refused';
}

/** @throws LoginError if the provider rejects the login. Other failures are thrown unchanged. */
async function readLogin(login: Promise<HttpResult>): Promise<Omit<IssuedToken, 'requestedAt'>> {
  try {
    const result = await login;
    const token = getProperty(result.body, 'id');
    if (isToken(token)) return { token, ttlSeconds: getProperty(result.body, 'ttl') };
    throw readError(loginCall, result);
  } catch (error) {
    throw error instanceof ApiError && error.status < 500 && !isTransient(error)
      ? new LoginError(error)
      : error;
  }
}
