import { answerRequest } from './answer-request.ts';
import { decide } from './back-office/decide.ts';
import { recordAttempt } from './callbacks/record-attempt.ts';
import type { Command, Step } from './command.ts';
import type { Env } from './env.ts';
import type { State } from './state.ts';

/**
 * The whole sandbox as one pure function: what follows from a command, given the state and the world outside.
 *
 * @throws SandboxBug if a response or a callback would break the contract.
 * @throws BackOfficeError if the back office cannot decide so.
 */
export function step(state: State, command: Command, env: Env): Step {
  switch (command.kind) {
    case 'request':
      return answerRequest(state, command.request, env);
    case 'decide':
      return decide(state, command, env);
    case 'record-attempt':
      return recordAttempt(state, command, env);
  }
}
