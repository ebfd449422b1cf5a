/** The result of a login. */
export interface IssuedToken {
  readonly token: string;
  /** The provider's `ttl`, unchecked. */
  readonly ttlSeconds: unknown;
  /** Time before the request, on the clock of `performance.now()`, so that no token outlives its calculated end. */
  readonly requestedAt: number;
}

/** A token with its times, on the clock of `performance.now()`, which nobody can set back. */
export interface TokenLifetime {
  readonly token: string;
  /** From this time on, the client renews the token, which is usable until `endsAt`. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** A token lives for its `ttl`. Without a `ttl` it is used until the provider rejects it. */
export function lifetimeOf({ token, ttlSeconds, requestedAt }: IssuedToken): TokenLifetime {
  // LoopBack sends -1 for a token that does not expire. Such a token gets thirty thousand years.
  const lifeMs = typeof ttlSeconds === 'number' && ttlSeconds >= 0 ? ttlSeconds * 1000 : 1e15;
  const endsAt = requestedAt + lifeMs;
  return { token, renewAt: endsAt - Math.min(60_000, lifeMs / 10), endsAt };
}
