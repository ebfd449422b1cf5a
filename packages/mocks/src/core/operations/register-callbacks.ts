import type { CallbackUrls } from '../model/state.ts';
import { linkOf, withLink } from '../records/links.ts';
import { authorizationRequired, fail, succeed } from '../responses/operation-responses.ts';
import type { OperationHandler } from './operation-handler.ts';

/** An event without a URL in the request keeps its URL. An empty string removes the URL. */
export const registerCallbacks: OperationHandler<'registerCallbacks'> = {
  model: 'distributor',
  handle({ body, caller }, state) {
    const { distributorId, realmId, flowId, callbacks } = body;
    const link = linkOf(state, caller.id, realmId);
    if (distributorId !== caller.id || !link?.flowIds.includes(flowId)) return fail(authorizationRequired);
    const merged = { ...link.callbackUrls[flowId], ...callbacks };
    const urls: CallbackUrls = Object.fromEntries(Object.entries(merged).filter(([, url]) => url !== ''));
    return succeed(
      { result: { distributorId, realmId, flowId, callbacks: { ...urls } } },
      { state: withLink(state, { ...link, callbackUrls: { ...link.callbackUrls, [flowId]: urls } }) },
    );
  },
};
