import type { Claim } from '../callback/delivery.ts';
import { validateCallback } from '../callback/validate-callback.ts';
import { isDecision, type MerchantHistory } from '../merchant/merchant-history.ts';
import { isDamage } from '../store/is-damage.ts';
import type { Route } from './route.ts';
import { whyOvertaken } from './why-overtaken.ts';

/**
 * Leaves out each delivery to a route that another callback of the merchant has overtaken.
 *
 * @param historyOf - Reads the callbacks of a merchant.
 */
export function leaveOutOvertaken(
  route: Route,
  historyOf: (merchantId: string, route: string) => Promise<MerchantHistory>,
): Route {
  const { order = 'strict', takesEvent, deliver } = route;
  const whyLeftOut = async (claim: Claim) => {
    if (order !== 'latest' && !isDecision(claim.event)) return undefined;
    const { merchantId } = validateCallback(claim.body, claim.event);
    const history = merchantId === undefined ? [] : await readable(historyOf(merchantId, route.name));
    return whyOvertaken(claim.callback, history, order, takesEvent);
  };
  return {
    ...route,
    deliver: async (claim, signal) => {
      const overtaken = await whyLeftOut(claim);
      signal.throwIfAborted(); // The attempt may have ended while the history was read.
      return overtaken === undefined ? deliver(claim, signal) : { overtaken };
    },
    ...(order === 'latest' && { whyOvertaken: whyLeftOut }),
  };
}

/**
 * If a callback of the history is damaged, the history counts as empty, and nothing is overtaken. A callback that comes
 * twice is better than a callback that never comes.
 */
export function readable(history: Promise<MerchantHistory>): Promise<MerchantHistory> {
  return history.catch((error: unknown) => {
    if (isDamage(error)) return [];
    throw error;
  });
}
