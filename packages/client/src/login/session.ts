import { readLogin } from '@partner-ecosystem/openapi/operations';
import { ApiError } from '../errors/api-error.ts';
import { LoginError } from '../errors/login-error.ts';
import { PartnerError } from '../errors/partner-error.ts';
import type { LoginReason } from '../events/client-event.ts';
import type { HttpResult } from '../http/http-result.ts';
import { readError } from '../http/read-error.ts';
import { isTransient, longestRetryAfterMs, retryAfterMsOf } from '../retry/retry-policy.ts';
import { maxTimerMs } from '../timing/assert-limit.ts';
import { type AttemptLimits, withTimeLimit } from '../timing/with-time-limit.ts';
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
 * share its failure and the backoff that follows, which spares a provider in trouble and keeps the account from being
 * locked. The backoff lasts 1 s, doubled with each failure up to 30 s, or as long as `Retry-After` asks for, up to five minutes.
 *
 * @param limits - The client's limits, for the steps before a login: the credentials and the store.
 */
export function createSession(
  credentials: ValueOrFunction<Credentials>,
  store: TokenStore | undefined,
  loginPartner: LoginPartner,
  limits: AttemptLimits,
): TokenSource {
  let current: TokenLifetime | undefined;
  let rejected: string | undefined;
  /** The last token of our own login. */
  let ownToken: string | undefined;
  let failure: unknown;
  let nextBackoffMs = 1000;
  let backoffEndsAt = 0;
  const retryAfterMs = () => Math.ceil(backoffEndsAt - performance.now());

  const logIn = async (): Promise<IssuedToken> => {
    if (retryAfterMs() > 0) throw failure;
    try {
      const given = await currentValue(credentials, loginCall, limits);
      const requestedAt = performance.now();
      const held = current && (requestedAt < current.endsAt ? 'ageing' : 'ended');
      const result = await loginPartner(given, held ?? (rejected ? 'refused' : 'first'));
      const [token, ttlSeconds] = readLogin(result.body);
      if (!isToken(token)) throw readError(loginCall, result);
      nextBackoffMs = 1000;
      ownToken = token;
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
  };

  /** The credentials, the login and the store each have the time limit. */
  const renewFrom = async (store: TokenStore): Promise<IssuedToken> => {
    const timeoutMs = Math.min(3 * limits.timeoutMs, maxTimerMs);
    const observedLogIn = () => {
      const login = logIn();
      // A store that does not wait for its login must not leave the failure unhandled.
      login.catch(() => {});
      return login;
    };
    const issued = await withTimeLimit({ timeoutMs }, loginCall, async () =>
      store.renew(observedLogIn, rejected, limits.timeoutMs),
    );
    if (isToken(issued?.token) && Number.isFinite(issued.requestedAt)) return issued;
    throw new TypeError('tokenStore.renew must resolve to a token and its requestedAt.');
  };

  const renew = async () => {
    // If a function of the caller calls the client, that call joins this renewal, and starts no other.
    await undefined;
    current = lifetimeOf(await (store ? renewFrom(store) : logIn()));
    return current.token;
  };
  let renewal: Promise<string> | undefined;
  /** Calls that come during a renewal get the result of this renewal. */
  const share = () => {
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };

  return {
    async token(_, { timeoutMs, signal }) {
      const now = performance.now();
      if (!current || now >= current.endsAt) {
        // The login has limits of its own. Only a call with a shorter limit than the client's waits less.
        const limitMs = timeoutMs < limits.timeoutMs ? timeoutMs : maxTimerMs;
        return withTimeLimit({ timeoutMs: limitMs, signal }, loginCall, share);
      }
      // Renewed in the background. If that fails, the failure appears when the token has ended.
      if (now >= current.renewAt) share().catch(() => {});
      return current.token;
    },

    discard(token, discards) {
      // A 401 of a new token is about the permission. A token of another process can be as old as the rejected token.
      if (discards > Number(token !== ownToken)) return false;
      // Discards only the rejected token: another call may have renewed the token in the meantime.
      if (current?.token === token) {
        rejected = token;
        current = undefined;
      }
      return true;
    },

    retryAfterMs,
  };
}
