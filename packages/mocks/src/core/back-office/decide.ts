import { queueCallback } from '../callbacks/queue-callback.ts';
import { type BackOfficeDecision, backOfficeDecisions, moves, reversalOf } from '../model/case-status.ts';
import type { Change } from '../model/change.ts';
import type { Command, DecisionDetails, Mover, Step } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Merchant, State } from '../model/state.ts';
import { find } from '../model/table.ts';
import { movedFrom, withMerchant } from '../records/merchants.ts';
import { BackOfficeError } from './back-office-error.ts';

type Decide = Extract<Command, { kind: 'decide' }>;

/**
 * Decides a case as an auditor would.
 *
 * @throws BackOfficeError for an unknown merchant or a wrong move.
 */
export function decide(state: State, { merchantId, decision: asked, details }: Decide, env: Env): Step {
  const merchant = find(state.merchants, merchantId);
  if (!merchant) throw new BackOfficeError(404, 'There is no merchant with this id.');
  const decision = asked === 'reverse' ? reversalOf(merchant.status) : asked;
  if (!decision || moves[merchant.status][decision] === undefined)
    throw new BackOfficeError(409, wrongMove(merchant, asked));
  const change = decideCase(state, merchant, { decision, details, by: 'back-office' }, env);
  return { ...change, response: { status: 200, body: { merchantId, status: decision } } };
}

/** A decision that is in order. */
interface Decided {
  readonly decision: BackOfficeDecision;
  readonly details: DecisionDetails;
  readonly by: Mover;
}

/** Moves a case by a decision, and queues its callback. */
export function decideCase(
  state: State,
  merchant: Merchant,
  { decision, details, by }: Decided,
  env: Env,
): Required<Change> {
  const { actionBy = 'example-auditor', reason = '', instructions = '' } = details;
  const decided: Merchant = {
    ...merchant,
    status: decision,
    decision: { actionBy, actionTime: env.now, reason, instructions },
  };
  const next = withMerchant(state, decided);
  const { state: queued = next, effects = [] } = queueCallback(next, decided, env);
  return { state: queued, effects: [movedFrom(merchant, decision, decided, by), ...effects] };
}

function wrongMove({ id, status }: Merchant, decision: string): string {
  const possible = backOfficeDecisions.filter((known) => moves[status][known] !== undefined).join(', ');
  return (
    `Merchant ${id} is ${status}: the back office cannot ${decision === 'reverse' ? 'reverse it' : `make it ${decision}`}. ` +
    `It can decide: ${possible || 'nothing before it is pushed'}.`
  );
}
