import type { Link, State } from '../model/state.ts';
import { find, put } from '../model/table.ts';

/** The link between a partner and a realm, if there is one. */
export function linkOf(state: State, distributorId: string, realmId: string): Link | undefined {
  return find(state.links, linkKey(distributorId, realmId));
}

/** Whether a partner may use a flow of a realm. */
export function mayUseFlow(state: State, distributorId: string, realmId: string, flowId: string): boolean {
  return linkOf(state, distributorId, realmId)?.flowIds.includes(flowId) ?? false;
}

/** The state with a link added or replaced. */
export function withLink(state: State, link: Link): State {
  return { ...state, links: put(state.links, linkKey(link.distributorId, link.realmId), link) };
}

function linkKey(distributorId: string, realmId: string): string {
  return `${distributorId} ${realmId}`;
}
