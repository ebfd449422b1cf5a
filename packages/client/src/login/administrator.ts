import { currentValue } from './credentials.ts';
import type { ValueOrFunction } from '../options.ts';
import { isToken, type TokenSource } from './token-source.ts';

/** The administrator's token, as the option gives it. */
export function createAdministrator(administratorToken: ValueOrFunction<string>): TokenSource {
  return {
    async token() {
      const token: unknown = await currentValue(administratorToken);
      if (isToken(token)) return token;
      throw new TypeError('administratorToken must be the raw token, without Bearer, spaces or line ends.');
    },
  };
}
