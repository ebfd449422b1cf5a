import { decide } from './back-office/decide.ts';
import { runScheduledDecision } from './back-office/run-scheduled-decision.ts';
import { recordAttempt, redeliver } from './callbacks/callback-queue.ts';
import { addFault, removeFault } from './faults/fault-list.ts';
import type { Command, Step } from './model/command.ts';
import type { Env } from './model/env.ts';
import type { State } from './model/state.ts';
import { handleRequest } from './request/handle-request.ts';

/**
 * The whole sandbox as one pure function: computes the result of a command from the state and the environment.
 *
 * @throws SandboxBug if a response or a callback would break the contract.
 * @throws BackOfficeError if the back office cannot make the decision.
 * @throws FaultError for an invalid fault.
 */
export function step(state: State, command: Command, env: Env): Step {
  if (command.kind === 'request') return handleRequest({ state, request: command.request, env });
  const { response = { status: 200, body: {} }, ...change } = perform(state, command, env);
  return { state, effects: [], ...change, response };
}

/** A command without a response of its own gets an empty body with the status 200. */
function perform(state: State, command: Exclude<Command, { kind: 'request' }>, env: Env): Partial<Step> {
  switch (command.kind) {
    case 'decide':
      return decide(state, command, env);
    case 'run-scheduled-decision':
      return runScheduledDecision(state, command.scheduledDecisionId, env);
    case 'record-attempt':
      return recordAttempt(state, command, env);
    case 'redeliver':
      return redeliver(state, command.callbackId, env);
    case 'set-policy':
      return { state: { ...state, policy: command.policy } };
    case 'add-fault':
      return addFault(state, command.fault, env);
    case 'remove-fault':
      return removeFault(state, command.faultId);
  }
}
