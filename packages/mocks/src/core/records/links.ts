import type { Link, State } from '../model/state.ts';
import { find, put } from '../model/table.ts';

export function linkOf(state: State, distributorId: string, realmId: string): Link | undefined {
  return find(state.links, linkKey(distributorId, realmId));
}

/** Returns a flow of a realm, if the partner may use the flow. */
export function usableFlow(
  state: State,
  distributorId: string,
  { realmId, flowId }: { readonly realmId: string; readonly flowId: string },
) {
  const realm = find(state.realms, realmId);
  const flow = realm?.flows.find(({ id }) => id === flowId);
  const isAssigned = linkOf(state, distributorId, realmId)?.flowIds.includes(flowId);
  return realm && flow && isAssigned ? { realm, flow } : undefined;
}

export function withLink(state: State, link: Link): State {
  return { ...state, links: put(state.links, linkKey(link.distributorId, link.realmId), link) };
}

/** The key of a link in its table. */
export function linkKey(distributorId: string, realmId: string): string {
  return `${distributorId} ${realmId}`;
}
