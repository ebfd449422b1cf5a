import type { components } from '@partner-ecosystem/openapi/schema';
import type { Link, Realm, State } from '../model/state.ts';
import { find, put } from '../model/table.ts';

/** Returns the link between a partner and a realm, if there is one. */
export function linkOf(state: State, distributorId: string, realmId: string): Link | undefined {
  return find(state.links, linkKey(distributorId, realmId));
}

/** Whether a partner may use a flow of a realm. */
export function mayUseFlow(state: State, distributorId: string, realmId: string, flowId: string): boolean {
  return linkOf(state, distributorId, realmId)?.flowIds.includes(flowId) ?? false;
}

/** Adds or replaces a link. */
export function withLink(state: State, link: Link): State {
  return { ...state, links: put(state.links, linkKey(link.distributorId, link.realmId), link) };
}

/** Returns the first of the ids that is not a flow of the realm. */
export function unknownFlowOf(realm: Realm, flowIds: readonly string[]): string | undefined {
  return flowIds.find((flowId) => !realm.flows.some(({ id }) => id === flowId));
}

/** A link in the provider's responses. */
export function partnerLink({
  id,
  distributorId,
  realmId,
  flowIds,
}: Link): components['schemas']['PartnerLink'] {
  return { id, distributorId, realmId, applicationId: realmId, flowIds: [...flowIds] };
}

function linkKey(distributorId: string, realmId: string): string {
  return `${distributorId} ${realmId}`;
}
