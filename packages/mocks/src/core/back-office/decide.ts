import { queueCallback } from '../callbacks/queue-callback.ts';
import { type BackOfficeDecision, moves, possibleDecisions, reversalOf } from '../model/case-status.ts';
import type { Change, Command, DecisionDetails, Mover, Step } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Merchant, State } from '../model/state.ts';
import { find, without } from '../model/table.ts';
import { movedFrom, withMerchant } from '../records/merchants.ts';

/** The back office cannot take this decision. */
export class BackOfficeError extends Error {
  override readonly name = 'BackOfficeError';
  /** The HTTP status for the error: 404 for an unknown merchant, 409 for an impossible move. */
  readonly status: 404 | 409;

  constructor(status: 404 | 409, message: string) {
    super(message);
    this.status = status;
  }
}

type Decide = Extract<Command, { kind: 'decide' }>;

/**
 * Decides a case as an auditor does.
 *
 * @throws BackOfficeError for an unknown merchant or an impossible move.
 */
export function decide(state: State, { merchantId, decision: asked, details }: Decide, env: Env): Step {
  const merchant = find(state.merchants, merchantId);
  if (!merchant) throw new BackOfficeError(404, 'There is no merchant with this id.');
  const decision = asked === 'reverse' ? reversalOf(merchant.status) : asked;
  if (!decision || moves[merchant.status][decision] === undefined)
    throw new BackOfficeError(409, impossibleMove(merchant, asked));
  const change = decideCase(state, merchant, { decision, details, by: 'back-office' }, env);
  return { ...change, response: { status: 200, body: { merchantId, status: decision } } };
}

/** Takes a scheduled decision, unless the case has a status that does not allow it any more. */
export function runScheduledDecision(state: State, scheduledDecisionId: string, env: Env): Step {
  const response = { status: 200, body: {} };
  const scheduled = find(state.scheduledDecisions, scheduledDecisionId);
  if (!scheduled) return { state, response, effects: [] };
  const next = { ...state, scheduledDecisions: without(state.scheduledDecisions, scheduledDecisionId) };
  const merchant = find(state.merchants, scheduled.merchantId);
  const decision =
    scheduled.decision === 'reverse' ? merchant && reversalOf(merchant.status) : scheduled.decision;
  if (!merchant || !decision || moves[merchant.status][decision] === undefined)
    return { state: next, response, effects: [] };
  const { by, reason, instructions } = scheduled;
  return {
    ...decideCase(next, merchant, { decision, details: { reason, instructions }, by }, env),
    response,
  };
}

/** A decision that the case's status allows. */
interface PossibleDecision {
  readonly decision: BackOfficeDecision;
  readonly details: DecisionDetails;
  readonly by: Mover;
}

/** Moves a case by a decision, and queues its callback. */
export function decideCase(
  state: State,
  merchant: Merchant,
  { decision, details, by }: PossibleDecision,
  env: Env,
): Required<Change> {
  const { actionBy = 'example-auditor', reason = '', instructions = '' } = details;
  const decided: Merchant = {
    ...merchant,
    status: decision,
    decision: { actionBy, actionTime: env.now, reason, instructions },
  };
  const queued = queueCallback(withMerchant(state, decided), decided, env);
  return { state: queued.state, effects: [movedFrom(merchant, decision, decided, by), ...queued.effects] };
}

function impossibleMove({ id, status }: Merchant, decision: string): string {
  const possible = possibleDecisions(status).join(', ');
  return (
    `Merchant ${id} is ${status}: the back office cannot ${decision === 'reverse' ? 'reverse it' : `make it ${decision}`}. ` +
    `Possible decisions: ${possible || 'none before a push'}.`
  );
}
