import type { components } from '@partner-ecosystem/openapi/schema';
import { type Event, events } from '../model/case-status.ts';
import { type CallbackUrls, type Link, nextOrdinal, type Partner, type Realm } from '../model/state.ts';
import { find } from '../model/table.ts';
import { linkOf, withLink } from '../records/links.ts';
import { dialects } from '../responses/dialects.ts';
import { authorizationRequired, fail, modelNotFound, succeed } from '../responses/operation-responses.ts';
import { objectId } from '../seed/identifiers.ts';
import type { OperationHandler } from './operation-handler.ts';

/** A partner can link itself, and an administrator can link every partner. A second call keeps the link. */
export const linkPartner: OperationHandler<'linkPartner'> = {
  model: 'distributorlink',
  handle({ body, caller }, state, env) {
    const input = linkInput(body);
    if ('missing' in input) return fail(dialects.platform.missing(input.missing));
    const { distributorId, realmId, flowIds } = input;
    if (!mayLink(caller, distributorId)) return fail(authorizationRequired);
    if (!find(state.partners, distributorId)) return fail(modelNotFound('distributor', distributorId));
    const realm = find(state.realms, realmId);
    if (!realm) return fail(modelNotFound('application', realmId));
    const unknownFlow = unknownFlowOf(realm, flowIds ?? []);
    if (unknownFlow !== undefined) return fail(modelNotFound('flow', unknownFlow));

    const known = linkOf(state, distributorId, realmId);
    const { ordinal, state: counted } = known ? { ordinal: 0, state } : nextOrdinal(state, 'link');
    const created = {
      id: objectId(env, `link ${ordinal}`),
      distributorId,
      realmId,
      flowIds: [],
      callbackUrls: {},
    };
    const link = known ?? created;
    const updated = { ...link, flowIds: flowIds ?? link.flowIds };
    return succeed(partnerLink(updated), { state: withLink(counted, updated) });
  },
};

/** Replaces the list of assigned flows. */
export const assignFlows: OperationHandler<'assignFlows'> = {
  model: 'distributorlink',
  handle({ body, caller }, state) {
    const input = linkInput(body);
    if ('missing' in input) return fail(dialects.platform.missing(input.missing));
    const { distributorId, realmId, flowIds } = input;
    if (flowIds === undefined) return fail(dialects.platform.missing('flowIds'));
    if (!mayLink(caller, distributorId)) return fail(authorizationRequired);
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

/** An event without a URL in the request keeps its URL. An empty string removes the URL. */
export const registerCallbacks: OperationHandler<'registerCallbacks'> = {
  model: 'distributor',
  handle({ body, caller }, state) {
    const { distributorId, realmId, flowId, callbacks } = body;
    const link = linkOf(state, caller.id, realmId);
    if (distributorId !== caller.id || !link?.flowIds.includes(flowId)) return fail(authorizationRequired);
    const merged: CallbackUrls = { ...link.callbackUrls[flowId], ...callbacks };
    const isGiven = (event: Event) => merged[event] !== undefined && merged[event] !== '';
    const urls: CallbackUrls = Object.fromEntries(
      events.filter(isGiven).map((event) => [event, merged[event]]),
    );
    return succeed(
      { result: { distributorId, realmId, flowId, callbacks: { ...urls } } },
      { state: withLink(state, { ...link, callbackUrls: { ...link.callbackUrls, [flowId]: urls } }) },
    );
  },
};

/**
 * Reads a request to link or to assign. No page documents these requests: `applicationId` may replace `realmId`, and
 * `flowId` may replace `flowIds`.
 */
function linkInput({
  distributorId,
  applicationId,
  realmId = applicationId,
  flowId,
  flowIds = flowId === undefined ? undefined : [flowId],
}: Partial<components['schemas']['LinkPartnerRequest']>) {
  if (!distributorId) return { missing: 'distributorId' };
  if (!realmId) return { missing: 'realmId' };
  return { distributorId, realmId, flowIds: flowIds && [...new Set([flowIds].flat())] };
}

function mayLink(caller: Partner | 'administrator', distributorId: string): boolean {
  return caller === 'administrator' || caller.id === distributorId;
}

function unknownFlowOf(realm: Realm, flowIds: readonly string[]): string | undefined {
  return flowIds.find((flowId) => !realm.flows.some(({ id }) => id === flowId));
}

function partnerLink({ id, distributorId, realmId, flowIds }: Link) {
  return { id, distributorId, realmId, applicationId: realmId, flowIds: [...flowIds] };
}
