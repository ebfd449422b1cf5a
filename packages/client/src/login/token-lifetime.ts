import type { IssuedToken } from './log-in.ts';

/** A token with the moments of its life, on `performance.now()`'s clock, which no one sets back. */
export interface Login {
  readonly token: string;
  /** From here on it is renewed, while it still serves. */
  readonly renewAt: number;
  readonly endsAt: number;
}

/** What is known of a token's life: it ends with its `ttl`, or serves until it is refused where it has none. */
export function loginOf({ token, ttlSeconds, askedAt }: IssuedToken): Login {
  // LoopBack says -1 for a token without an end.
  const lives = typeof ttlSeconds === 'number' && ttlSeconds >= 0;
  const lifeMs = lives ? ttlSeconds * 1000 : Number.POSITIVE_INFINITY;
  // A token without an end is never due: infinity less infinity is no number.
  const renewAfterMs = lives ? lifeMs - Math.min(60_000, lifeMs / 10) : lifeMs;
  return { token, renewAt: askedAt + renewAfterMs, endsAt: askedAt + lifeMs };
}
