import type { SettledAttempt } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';

type HeldClaim = Pick<SettledAttempt, 'orderKey' | 'token' | 'callback'>;

/** Ends a claim without an attempt: the delivery is due at once. */
export function givenBack({ orderKey, token, callback }: HeldClaim): SettledAttempt {
  return { orderKey, token, callback, state: 'due', delayMs: 0 };
}

/**
 * Remembers claims that this server has and will not settle, because something failed after the claim. SQLite takes no claim
 * over before the next start, so the next claim gives them back.
 */
export function createLostClaims({ settle }: Pick<StoreEngine, 'settle'>) {
  const byRoute = new Map<string, readonly SettledAttempt[]>();
  /** Does something with claims. If that fails, they are lost. */
  const unless = async <Result>(
    route: string,
    claims: readonly HeldClaim[],
    use: () => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await use();
    } catch (error) {
      byRoute.set(route, [...(byRoute.get(route) ?? []), ...claims.map(givenBack)]);
      throw error;
    }
  };
  return {
    unless,
    giveBack: async (route: string): Promise<void> => {
      const lost = byRoute.get(route);
      if (!lost) return;
      byRoute.delete(route);
      await unless(route, lost, () => settle(route, lost));
    },
  };
}
