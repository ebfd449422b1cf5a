import { TimeoutError } from '../errors/network-errors.ts';
import { unchecked } from '../http/http-result.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';
import { type IssuedToken, lifetimeOf } from './token-lifetime.ts';
import { isToken, loginCall } from './token-source.ts';

/** A token as it is stored for several processes. */
export interface StoredToken {
  readonly token: string;
  /** Time of the login, in epoch milliseconds. */
  readonly issuedAt: number;
  /** Lifetime from `issuedAt`, in seconds. Missing if the provider gives none. */
  readonly ttlSeconds?: number | undefined;
}

/** Storage for one token, such as a row or a key of a database. The token is a secret: protect it like the password. */
export interface TokenStorage {
  /** Resolves to the token that any process wrote last, or to `null` or `undefined` if there is no token. */
  read(): Promise<StoredToken | null | undefined>;
  write(token: StoredToken): Promise<void>;
  /** Runs the task while no other process runs a task. Without a lock, all processes log in when the shared token ends. */
  lock?(task: () => Promise<void>): Promise<void>;
}

/** Provides the token of another process, or logs in. Create one with {@link createTokenStore}. */
export interface TokenStore {
  /**
   * @param logIn - Logs in and resolves to a new token.
   * @param rejected - The token that the provider rejected. The store must not return it.
   * @param timeoutMs - Time limit of the storage, in milliseconds. The client waits three times as long, because the
   * credentials and the login have this limit, too.
   */
  renew(
    logIn: () => Promise<IssuedToken>,
    rejected: string | undefined,
    timeoutMs: number,
  ): Promise<IssuedToken>;
}

/**
 * Creates a token store for the client's option `tokenStore`. Processes with the same storage share one token: each
 * process reads the storage before it logs in, and writes its new token there. If `read` or `lock` fails, the call
 * fails too. If `write` fails, the process uses the new token alone. The client's `timeoutMs` limits the wait for the
 * storage. A call with a shorter `timeoutMs` waits less. `read` and `write` under the lock have the client's limit, so that
 * the task always ends.
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
    async renew(logIn, rejected, timeoutMs) {
      const renewed = Promise.withResolvers<IssuedToken>();
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(), timeoutMs);
      limit.signal.addEventListener('abort', () => renewed.reject(new TimeoutError(loginCall, timeoutMs)));

      // A task that hangs would keep its lock for ever.
      const limited = <T>(access: () => Promise<T>) => withTimeLimit({ timeoutMs }, loginCall, access);
      let hasBegun = false;
      const task = async () => {
        hasBegun = true;
        try {
          const stored = readStoredToken(await limited(async () => storage.read()));
          // If the time is over, nobody waits for a login.
          limit.signal.throwIfAborted();
          clearTimeout(timer);
          if (stored && stored.token !== rejected && performance.now() < lifetimeOf(stored).renewAt)
            return renewed.resolve(stored);
          // The result of the login counts, even if the storage then fails or hangs.
          logIn().then(renewed.resolve, renewed.reject);
          const issued = toStoredToken(await renewed.promise);
          await limited(async () => storage.write(issued));
        } catch (error) {
          // The task does not reject: a lock that does not wait for its task would leave the failure unhandled.
          renewed.reject(error);
        }
      };
      const run = async () => (storage.lock ? storage.lock(task) : task());
      const idle = new TypeError('The lock of the token storage did not run its task.');
      run().then(() => hasBegun || renewed.reject(idle), renewed.reject);
      return renewed.promise.finally(() => clearTimeout(timer));
    },
  };
}

/** Every process has its own monotonic clock, so the stored time is a time of the wall clock. */
function readStoredToken(stored: unknown): IssuedToken | undefined {
  const token = unchecked(stored)?.['token'];
  const issuedAt = unchecked(stored)?.['issuedAt'];
  if (!isToken(token) || typeof issuedAt !== 'number') return undefined;
  const ageMs = Math.max(0, Date.now() - issuedAt);
  return { token, ttlSeconds: unchecked(stored)?.['ttlSeconds'], requestedAt: performance.now() - ageMs };
}

function toStoredToken({ token, ttlSeconds, requestedAt }: IssuedToken): StoredToken {
  const issuedAt = Date.now() - (performance.now() - requestedAt);
  return typeof ttlSeconds === 'number' ? { token, issuedAt, ttlSeconds } : { token, issuedAt };
}
