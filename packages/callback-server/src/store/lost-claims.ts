import type { SettledAttempt } from './engine/records.ts';
import type { StoreEngine } from './engine/store-engine.ts';

type HeldClaim = Pick<SettledAttempt, 'orderKey' | 'token' | 'callback'>;

/** Ends a claim without an attempt: the delivery is due at once. */
export function givenBack({ orderKey, token, callback }: HeldClaim): SettledAttempt {
  return { orderKey, token, callback, state: 'due', delayMs: 0 };
}

/**
 * Remembers lost claims: this server has them and will not settle them, because something failed after the claim. The next
 * claim gives them back, because SQLite takes over no claim before the next start.
 */
export function createLostClaims({ settle }: Pick<StoreEngine, 'settle'>) {
  const byRoute = new Map<string, readonly SettledAttempt[]>();
  /** Calls `use`, which needs the claims. If `use` fails, the claims are lost. */
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
