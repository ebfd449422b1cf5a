import type { Login } from './log-in.ts';
import type { TokenSource } from './token-source.ts';

/**
 * The partner's token, renewed by logging in. All callers share one login at a time, and its failure; the next call
 * after a failed login tries anew.
 */
export function createSession(logIn: () => Promise<Login>): TokenSource {
  let held: Login | undefined;
  let loggingIn: Promise<string> | undefined;

  const keep = (login: Login): string => {
    held = login;
    return login.token;
  };

  return {
    async token() {
      if (held !== undefined && performance.now() < held.renewAt) return held.token;
      loggingIn ??= logIn()
        .then(keep)
        .finally(() => {
          loggingIn = undefined;
        });
      return loggingIn;
    },

    // Only the token that was refused: another caller may have renewed it since.
    discard(token) {
      if (held?.token === token) held = undefined;
    },
  };
}
