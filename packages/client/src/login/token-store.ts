import type { IssuedToken } from './log-in.ts';
import { loginOf } from './token-lifetime.ts';
import { member } from '../http/get-property.ts';
import { isToken } from './token-source.ts';

/** A token as several processes share it. */
export interface StoredToken {
  readonly token: string;
  /** When it was asked for, in epoch milliseconds. */
  readonly issuedAt: number;
  /** How long it lives from then on, in seconds; missing where the provider does not say. */
  readonly ttlSeconds?: number | undefined;
}

/** Where a token is kept, such as a row or a key of a database. It is a secret: protect it as you do the password. */
export interface TokenStorage {
  /** The token that was last written, by whichever process; `null` or `undefined` where there is none. */
  read(): Promise<StoredToken | null | undefined>;
  write(token: StoredToken): Promise<void>;
  /** Runs the task while no other process runs one. Without it, processes whose token ends together each log in. */
  lock?(task: () => Promise<void>): Promise<void>;
}

/** Brings a token: another process's, or a new one of its own. {@link createTokenStore} makes one. */
export interface TokenStore {
  renew(logIn: () => Promise<IssuedToken>, refused: string | undefined): Promise<IssuedToken>;
}

/**
 * Shares one token among the processes that have the same storage, for the client's option `tokenStore`: each looks
 * there before it logs in, and leaves there what it got. What a function of the storage throws fails the call.
 *
 * @example
 * ```ts
 * const tokenStore = createTokenStore({
 *   read: async () => JSON.parse((await redis.get('partner-token')) ?? 'null'),
 *   write: async (token) => void (await redis.set('partner-token', JSON.stringify(token))),
 *   lock: (task) => redlock.using(['partner-token-lock'], 30_000, task),
 * });
 * ```
 */
export function createTokenStore(storage: TokenStorage): TokenStore {
  return {
    async renew(logIn, refused) {
      let brought: IssuedToken | undefined;
      const task = async () => {
        const stored = issuedToken(await storage.read());
        const serves = stored && stored.token !== refused && isFresh(stored);
        brought = serves ? stored : await logIn();
        if (!serves) await storage.write(storedToken(brought));
      };
      await (storage.lock ? storage.lock(task) : task());
      if (!brought) throw new TypeError('The lock of the token storage did not run its task.');
      return brought;
    },
  };
}

/** Each process has a monotonic clock of its own, so what is stored goes by the wall clock. */
function issuedToken(stored: unknown): IssuedToken | undefined {
  const token = member(stored, 'token');
  const issuedAt = member(stored, 'issuedAt');
  if (!isToken(token) || typeof issuedAt !== 'number') return undefined;
  const ageMs = Math.max(0, Date.now() - issuedAt);
  return { token, ttlSeconds: member(stored, 'ttlSeconds'), askedAt: performance.now() - ageMs };
}

function storedToken({ token, ttlSeconds, askedAt }: IssuedToken): StoredToken {
  const issuedAt = Date.now() - (performance.now() - askedAt);
  return typeof ttlSeconds === 'number' ? { token, issuedAt, ttlSeconds } : { token, issuedAt };
}

function isFresh(issued: IssuedToken): boolean {
  return performance.now() < loginOf(issued).renewAt;
}
