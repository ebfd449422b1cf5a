import { moves } from '../model/case-status.ts';
import type { Change } from '../model/command.ts';
import type { ScheduledDecision } from '../model/decision-policy.ts';
import type { Env } from '../model/env.ts';
import type { Merchant, State } from '../model/state.ts';
import { find, without } from '../model/table.ts';
import { withMerchant } from '../records/merchants.ts';
import { decideCase, possibleDecision } from './decide.ts';
import { submit } from './submit.ts';

/** Makes a scheduled decision, unless the status of the case no longer allows the decision. */
export function runScheduledDecision(state: State, scheduledDecisionId: string, env: Env): Change {
  const scheduled = find(state.scheduledDecisions, scheduledDecisionId);
  if (!scheduled) return {};
  const next = { ...state, scheduledDecisions: without(state.scheduledDecisions, scheduledDecisionId) };
  const merchant = find(state.merchants, scheduled.merchantId);
  return (merchant && perform(next, merchant, scheduled, env)) ?? { state: next };
}

function perform(
  state: State,
  merchant: Merchant,
  scheduled: ScheduledDecision,
  env: Env,
): Change | undefined {
  if (scheduled.decision === 'submit') {
    const status = moves[merchant.status].push;
    if (!status || status === merchant.status) return undefined;
    const submitted = { ...merchant, status };
    return submit(withMerchant(state, submitted), merchant, submitted, env);
  }
  const decision = possibleDecision(merchant, scheduled.decision);
  return (
    decision &&
    decideCase(
      state,
      merchant,
      { ...scheduled, decision, by: scheduled.by === 'fault' ? 'fault' : 'policy' },
      env,
    )
  );
}
