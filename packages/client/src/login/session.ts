import type { LoginReason } from '../events/client-event.ts';
import { maxTimerMs } from '../timing/assert-limit.ts';
import { type AttemptLimits, withTimeLimit } from '../timing/with-time-limit.ts';
import { createLogIn, type LoginPartner } from './create-log-in.ts';
import { type IssuedToken, lifetimeOf, type TokenLifetime } from './token-lifetime.ts';
import {
  type Credentials,
  isToken,
  loginCall,
  type TokenSource,
  type ValueOrFunction,
} from './token-source.ts';
import type { TokenStore } from './token-store.ts';

/**
 * Holds the partner's token, and renews it by logging in. A fresh token is used. An ageing token is used too, and
 * renewed in the background. A missing or ended token makes calls wait. All calls share one login at a time. They also
 * share its failure and the backoff that follows.
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
  const login = createLogIn(credentials, loginPartner, limits);

  const logIn = async (): Promise<IssuedToken> => {
    const issued = await login.logIn((now) => loginReason(now, current, rejected));
    ownToken = issued.token;
    return issued;
  };

  const renew = async () => {
    // If a function of the caller calls the client, that call joins this renewal, and starts no other.
    await undefined;
    current = lifetimeOf(await (store ? renewFrom(store, logIn, rejected, limits) : logIn()));
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
      // Renewed in the background. If that fails, the failure appears when the token has expired.
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

    retryAfterMs: login.retryAfterMs,
  };
}

function loginReason(now: number, current?: TokenLifetime, rejected?: string): LoginReason {
  if (current) return now < current.endsAt ? 'ageing' : 'ended';
  return rejected ? 'refused' : 'first';
}

/** The credentials, the login and the store each have the time limit. */
async function renewFrom(
  store: TokenStore,
  logIn: () => Promise<IssuedToken>,
  rejected: string | undefined,
  limits: AttemptLimits,
): Promise<IssuedToken> {
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
}
