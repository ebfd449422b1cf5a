import { partnerLink } from '../documents/partner-link.ts';
import { find } from '../model/table.ts';
import { linkOf, withLink } from '../records/links.ts';
import { authorizationRequired, modelNotFound } from '../responses/error-responses.ts';
import { refuse, succeed } from '../responses/operation-result.ts';
import type { OperationHandler } from './operation-handler.ts';
import { unknownFlowOf } from './unknown-flow.ts';

/** Sets the list of flows; what is not named is no longer assigned. */
export const assignFlows: OperationHandler<'assignFlows'> = {
  model: 'distributorlink',
  handle({ body, caller }, state) {
    const { distributorId, realmId, flowIds } = body;
    if (caller !== 'administrator' && caller.id !== distributorId) return refuse(authorizationRequired);
    const link = linkOf(state, distributorId, realmId);
    const realm = find(state.realms, realmId);
    if (!link || !realm)
      return refuse(
        caller === 'administrator' ? modelNotFound('distributorlink', distributorId) : authorizationRequired,
      );
    const unknownFlow = unknownFlowOf(realm, flowIds);
    if (unknownFlow !== undefined) return refuse(modelNotFound('flow', unknownFlow));
    const updated = { ...link, flowIds };
    return succeed({ result: partnerLink(updated) }, { state: withLink(state, updated) });
  },
};
