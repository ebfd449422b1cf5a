import { find } from '../model/table.ts';
import { linkOf, partnerLink, unknownFlowOf, withLink } from '../records/links.ts';
import { authorizationRequired, modelNotFound, fail, succeed } from '../responses/operation-responses.ts';
import type { OperationHandler } from './operation-handler.ts';

/** Replaces the list of assigned flows. */
export const assignFlows: OperationHandler<'assignFlows'> = {
  model: 'distributorlink',
  handle({ body, caller }, state) {
    const { distributorId, realmId, flowIds } = body;
    if (caller !== 'administrator' && caller.id !== distributorId) return fail(authorizationRequired);
    const link = linkOf(state, distributorId, realmId);
    const realm = find(state.realms, realmId);
    if (!link || !realm)
      return fail(
        caller === 'administrator' ? modelNotFound('distributorlink', distributorId) : authorizationRequired,
      );
    const unknownFlow = unknownFlowOf(realm, flowIds);
    if (unknownFlow !== undefined) return fail(modelNotFound('flow', unknownFlow));
    const updated = { ...link, flowIds };
    return succeed({ result: partnerLink(updated) }, { state: withLink(state, updated) });
  },
};
