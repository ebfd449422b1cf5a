import type { Realm } from '../model/state.ts';

/** The first of the ids that is not a flow of the realm. */
export function unknownFlowOf(realm: Realm, flowIds: readonly string[]): string | undefined {
  return flowIds.find((flowId) => !realm.flows.some(({ id }) => id === flowId));
}
