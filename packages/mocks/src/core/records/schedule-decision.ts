import type { Change } from '../model/command.ts';
import type { ScheduledDecision } from '../model/decision-policy.ts';
import type { State } from '../model/state.ts';
import { put } from '../model/table.ts';

/** Adds a decision that the sandbox takes later. */
export function scheduleDecision(state: State, decision: ScheduledDecision): Required<Change> {
  const scheduledDecisionId = `${decision.merchantId} ${decision.by} ${decision.dueAt}`;
  return {
    state: {
      ...state,
      scheduledDecisions: put(state.scheduledDecisions, scheduledDecisionId, decision),
    },
    effects: [{ kind: 'scheduled-decision', scheduledDecisionId }],
  };
}
