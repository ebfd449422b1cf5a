import { moves, reversalOf } from '../model/case-status.ts';
import type { Step } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { State } from '../model/state.ts';
import { find, without } from '../model/table.ts';
import { decideCase } from './decide.ts';

/** Makes a decision that was to be made later, unless the case has moved on in the meantime. */
export function runScheduledDecision(state: State, scheduledDecisionId: string, env: Env): Step {
  const response = { status: 200, body: {} };
  const scheduledDecision = find(state.scheduledDecisions, scheduledDecisionId);
  if (!scheduledDecision) return { state, response, effects: [] };
  const kept = { ...state, scheduledDecisions: without(state.scheduledDecisions, scheduledDecisionId) };
  const merchant = find(state.merchants, scheduledDecision.merchantId);
  const decision =
    scheduledDecision.decision === 'reverse'
      ? merchant && reversalOf(merchant.status)
      : scheduledDecision.decision;
  if (!merchant || !decision || moves[merchant.status][decision] === undefined)
    return { state: kept, response, effects: [] };
  const { by, reason, instructions } = scheduledDecision;
  return {
    ...decideCase(kept, merchant, { decision, details: { reason, instructions }, by }, env),
    response,
  };
}
