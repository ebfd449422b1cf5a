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
  /** From this time the token is renewed, while it remains usable. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** A token lives for its `ttl`. Without a `ttl` it is used until the provider rejects it. */
export function lifetimeOf({ token, ttlSeconds, requestedAt }: IssuedToken): TokenLifetime {
  // LoopBack sends -1 for a token that does not expire.
  const expires = typeof ttlSeconds === 'number' && ttlSeconds >= 0;
  const lifeMs = expires ? ttlSeconds * 1000 : Number.POSITIVE_INFINITY;
  // Infinity minus infinity would be NaN.
  const renewAfterMs = expires ? lifeMs - Math.min(60_000, lifeMs / 10) : lifeMs;
  return { token, renewAt: requestedAt + renewAfterMs, endsAt: requestedAt + lifeMs };
}
