import { answerRequest } from './answer-request.ts';
import { decide } from './back-office/decide.ts';
import { recordAttempt, redeliver } from './callbacks/record-attempt.ts';
import type { Command, Step } from './command.ts';
import type { Env } from './env.ts';
import { addFault, removeFault } from './faults/add-fault.ts';
import { keepAppointment } from './policy/keep-appointment.ts';
import type { State } from './state.ts';

/**
 * The whole sandbox as one pure function: what follows from a command, given the state and the world outside.
 *
 * @throws SandboxBug if a response or a callback would break the contract.
 * @throws BackOfficeError if the back office cannot decide so.
 * @throws FaultError for a fault that means nothing.
 */
export function step(state: State, command: Command, env: Env): Step {
  switch (command.kind) {
    case 'request':
      return answerRequest(state, command.request, env);
    case 'decide':
      return decide(state, command, env);
    case 'keep-appointment':
      return keepAppointment(state, command.appointmentId, env);
    case 'record-attempt':
      return recordAttempt(state, command, env);
    case 'redeliver':
      return redeliver(state, command.callbackId, env);
    case 'set-policy':
      return {
        state: { ...state, policy: command.policy },
        response: { status: 200, body: {} },
        effects: [],
      };
    case 'add-fault':
      return addFault(state, command.fault, env);
    case 'remove-fault':
      return removeFault(state, command.faultId);
  }
}
