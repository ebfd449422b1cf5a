import type { Move } from '../model/case-status.ts';
import type { Change, Effect, Mover } from '../model/command.ts';
import type { ScheduledDecision } from '../model/decision-policy.ts';
import type { Merchant, State } from '../model/state.ts';
import { find, put, without } from '../model/table.ts';

/** Replaces a case, and keeps the version before the change for stale reads. */
export function withMerchant(state: State, merchant: Merchant): State {
  const { previous: _, ...before } = find(state.merchants, merchant.id) ?? {};
  const changed = { ...merchant, ...('id' in before && { previous: before }) };
  return { ...state, merchants: put(state.merchants, merchant.id, changed) };
}

/** Returns the state before the last change of a case, as a stale read sees it. */
export function staleState(state: State, merchantId: string): State | undefined {
  const merchant = find(state.merchants, merchantId);
  if (!merchant) return undefined;
  const merchants = merchant.previous
    ? put(state.merchants, merchantId, merchant.previous)
    : without(state.merchants, merchantId);
  return { ...state, merchants };
}

/** Creates the effect that reports the move of a case. */
export function movedFrom(before: Merchant, move: Move, after: Merchant, by: Mover): Effect {
  return { kind: 'move', merchantId: after.id, from: before.status, move, to: after.status, by };
}

/** Adds a decision about a case that the sandbox takes later. */
export function scheduleDecision(state: State, decision: ScheduledDecision): Required<Change> {
  const scheduledDecisionId = `${decision.merchantId} ${decision.by} ${decision.dueAt}`;
  const scheduledDecisions = put(state.scheduledDecisions, scheduledDecisionId, decision);
  return {
    state: { ...state, scheduledDecisions },
    effects: [{ kind: 'scheduled-decision', scheduledDecisionId }],
  };
}
