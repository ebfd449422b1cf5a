import { queueCallback } from '../callbacks/queue-callback.ts';
import { type BackOfficeDecision, moves, possibleDecisions, reversalOf } from '../model/case-status.ts';
import type { Change, Command, DecisionDetails, Mover, Step } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Merchant, State } from '../model/state.ts';
import { find } from '../model/table.ts';
import { movedFrom, withMerchant } from '../records/merchants.ts';

/** The back office cannot make this decision. */
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
export function decide(
  state: State,
  { merchantId, decision: asked, details }: Decide,
  env: Env,
): Partial<Step> {
  const merchant = find(state.merchants, merchantId);
  if (!merchant) throw new BackOfficeError(404, 'There is no merchant with this id.');
  const decision = possibleDecision(merchant, asked);
  if (!decision) throw new BackOfficeError(409, impossibleMove(merchant, asked));
  const change = decideCase(state, merchant, { ...details, decision, by: 'back-office' }, env);
  return { ...change, response: { status: 200, body: { merchantId, status: decision } } };
}

/** Resolves `reverse`. Returns `undefined` for a decision that the case's status does not allow. */
export function possibleDecision({ status }: Merchant, asked: BackOfficeDecision | 'reverse') {
  const decision = asked === 'reverse' ? reversalOf(status) : asked;
  return decision && moves[status][decision] && decision;
}

interface PossibleDecision extends DecisionDetails {
  readonly decision: BackOfficeDecision;
  readonly by: Mover;
}

/** Moves a case by a decision, and queues its callback. */
export function decideCase(
  state: State,
  merchant: Merchant,
  possible: PossibleDecision,
  env: Env,
): Required<Change> {
  const { decision, by, actionBy = 'example-auditor', reason = '', instructions = '' } = possible;
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
    `Merchant ${id} has the status ${status}: the back office cannot make the decision ${decision}. ` +
    `Possible decisions: ${possible || 'none until a push has made the case pending'}.`
  );
}
