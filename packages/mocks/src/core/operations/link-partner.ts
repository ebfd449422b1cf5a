import { type Link, nextOrdinal } from '../model/state.ts';
import { find } from '../model/table.ts';
import { linkOf, partnerLink, unknownFlowOf, withLink } from '../records/links.ts';
import { authorizationRequired, modelNotFound, fail, succeed } from '../responses/operation-responses.ts';
import { objectId } from '../seed/identifiers.ts';
import type { OperationHandler } from './operation-handler.ts';

/** A partner can link itself, an administrator every partner. A second call keeps the link. */
export const linkPartner: OperationHandler<'linkPartner'> = {
  model: 'distributorlink',
  handle({ body, caller }, state, env) {
    const { distributorId, realmId, flowIds } = body;
    if (caller !== 'administrator' && caller.id !== distributorId) return fail(authorizationRequired);
    if (!find(state.partners, distributorId)) return fail(modelNotFound('distributor', distributorId));
    const realm = find(state.realms, realmId);
    if (!realm) return fail(modelNotFound('application', realmId));
    const unknownFlow = unknownFlowOf(realm, flowIds ?? []);
    if (unknownFlow !== undefined) return fail(modelNotFound('flow', unknownFlow));

    const known = linkOf(state, distributorId, realmId);
    const { ordinal, state: counted } = known ? { ordinal: 0, state } : nextOrdinal(state, 'link');
    const link: Link = known ?? {
      id: objectId(env, `link ${ordinal}`),
      distributorId,
      realmId,
      flowIds: [],
      callbackUrls: {},
    };
    const updated = { ...link, flowIds: flowIds ?? link.flowIds };
    return succeed(partnerLink(updated), { state: withLink(counted, updated) });
  },
};
