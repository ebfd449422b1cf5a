import type { Claim, SettledDelivery } from '../../src/callback/delivery.ts';
import type { CallbackStore } from '../../src/store/callback-store.ts';

/** Claims first attempts and retries, at most `limit` of each. */
export async function claim(store: CallbackStore, route = 'handler', limit = 10): Promise<Claim[]> {
  return (await store.claim(route, { fresh: limit, retries: limit })).claims;
}

export async function claimOne(store: CallbackStore, route = 'handler'): Promise<Claim> {
  const [claimed] = await claim(store, route, 1);
  if (!claimed) throw new Error('Nothing was claimed.');
  return claimed;
}

export function failedAttempt(claim: Claim, retryDelayMs: number): SettledDelivery {
  return { claim, settlement: { state: 'due', retryDelayMs, outcome: 'failed' } };
}
