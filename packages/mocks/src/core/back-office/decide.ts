import { queueCallback } from '../callbacks/queue-callback.ts';
import type { Command, Step } from '../command.ts';
import type { Env } from '../env.ts';
import type { Merchant, State } from '../state.ts';
import { find, put } from '../table.ts';
import { BackOfficeError } from './back-office-error.ts';
import { moves } from './moves.ts';

type Decide = Extract<Command, { kind: 'decide' }>;

/**
 * Decides a case as an auditor would.
 *
 * @throws BackOfficeError for an unknown merchant or a wrong move.
 */
export function decide(state: State, { merchantId, decision, details }: Decide, env: Env): Step {
  const merchant = find(state.merchants, merchantId);
  if (!merchant) throw new BackOfficeError(404, 'There is no merchant with this id.');
  if (!moves[merchant.status].includes(decision))
    throw new BackOfficeError(409, wrongMove(merchant, decision));
  const { actionBy = 'example-auditor', reason = '', instructions = '' } = details;
  const decided: Merchant = {
    ...merchant,
    status: decision,
    decision: { actionBy, actionTime: env.now, reason, instructions },
  };
  const next = { ...state, merchants: put(state.merchants, merchantId, decided) };
  const { state: queued = next, effects = [] } = queueCallback(next, decided, env);
  return { state: queued, response: { status: 200, body: { merchantId, status: decision } }, effects };
}

function wrongMove({ id, status }: Merchant, decision: string): string {
  const possible = moves[status].join(', ') || 'nothing before it is pushed';
  return `Merchant ${id} is ${status}: the back office cannot make it ${decision}. It can decide: ${possible}.`;
}
