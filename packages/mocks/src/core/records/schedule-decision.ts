import type { Change } from '../model/change.ts';
import type { ScheduledDecision } from '../model/scheduled-decision.ts';
import type { State } from '../model/state.ts';
import { put } from '../model/table.ts';

/** Notes a decision that is to be made later. */
export function scheduleDecision(state: State, scheduledDecision: ScheduledDecision): Required<Change> {
  const scheduledDecisionId = `${scheduledDecision.merchantId} ${scheduledDecision.by} ${scheduledDecision.dueAt}`;
  return {
    state: {
      ...state,
      scheduledDecisions: put(state.scheduledDecisions, scheduledDecisionId, scheduledDecision),
    },
    effects: [{ kind: 'scheduled-decision', scheduledDecisionId }],
  };
}
