import type { Answer } from '../http/http-result.ts';
import { currentValue } from './credentials.ts';
import { LoginError } from '../errors/login-error.ts';
import { PartnerError } from '../errors/partner-error.ts';
import { type IssuedToken, logIn } from './log-in.ts';
import { type Login, loginOf } from './token-lifetime.ts';
import { LoginRest } from './login-backoff.ts';
import type { Credentials, ValueOrFunction } from '../options.ts';
import type { TokenSource } from './token-source.ts';
import type { TokenStore } from './token-store.ts';

/** Why there is a login: there was no token yet, it is about to end, it has ended, or it was refused. */
export type LoginReason = 'first' | 'ageing' | 'ended' | 'refused';

export interface SessionOptions {
  readonly credentials: ValueOrFunction<Credentials>;
  readonly store: TokenStore | undefined;
  readonly loginPartner: (credentials: Credentials, reason: LoginReason) => Promise<Answer>;
}

/**
 * The partner's token, renewed by logging in. It is missing, fresh, ageing (served, and renewed behind the callers'
 * backs) or ended (waited for). All callers share one login at a time, and its failure, which then rests for a while.
 */
export function createSession({ credentials, store, loginPartner }: SessionOptions): TokenSource {
  const rest = new LoginRest();
  let held: Login | undefined;
  let refused: string | undefined;
  let renewing: Promise<string> | undefined;

  const reason = (): LoginReason => {
    if (held) return performance.now() < held.endsAt ? 'ageing' : 'ended';
    return refused === undefined ? 'first' : 'refused';
  };

  const askProvider = async (): Promise<IssuedToken> => {
    const given = await currentValue(credentials);
    rest.throwIfResting(given);
    try {
      const issued = await logIn(given, (value) => loginPartner(value, reason()));
      rest.end();
      return issued;
    } catch (error) {
      if (error instanceof PartnerError) rest.begin(error, error instanceof LoginError ? given : undefined);
      throw error;
    }
  };

  const renew = async (): Promise<string> => {
    rest.throwIfResting();
    held = loginOf(await (store ? store.renew(askProvider, refused) : askProvider()));
    return held.token;
  };

  const share = (): Promise<string> => {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  return {
    async token() {
      const now = performance.now();
      if (!held || now >= held.endsAt) return share();
      // Whoever finds the token ageing starts its renewal and does not wait for it; a failure shows when it has ended.
      if (now >= held.renewAt) share().catch(() => {});
      return held.token;
    },

    // Only the token that was refused: another caller may have renewed it since.
    discard(token) {
      if (held?.token !== token) return;
      refused = token;
      held = undefined;
    },

    restsMs: () => rest.leftMs(),
  };
}
