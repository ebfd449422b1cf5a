import { linkOf, withLink } from '../links.ts';
import { type OperationHandler, refuse, succeed } from '../operation-handler.ts';
import { authorizationRequired } from '../refusals.ts';
import type { CallbackUrls } from '../state.ts';

/** Events that are left out keep their URL; an empty string clears one. */
export const registerCallbacks: OperationHandler<'registerCallbacks'> = {
  model: 'distributor',
  handle({ body, caller }, state) {
    const { distributorId, realmId, flowId, callbacks } = body;
    const link = linkOf(state, caller.id, realmId);
    if (distributorId !== caller.id || !link?.flowIds.includes(flowId)) return refuse(authorizationRequired);
    const merged = { ...link.callbackUrls[flowId], ...callbacks };
    const urls: CallbackUrls = Object.fromEntries(Object.entries(merged).filter(([, url]) => url !== ''));
    return succeed(
      { result: { distributorId, realmId, flowId, callbacks: { ...urls } } },
      { state: withLink(state, { ...link, callbackUrls: { ...link.callbackUrls, [flowId]: urls } }) },
    );
  },
};
