import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import { holdResponse, SandboxBug } from '../contract/enforce-contract.ts';
import { isStorePath, type OperationTarget, route, type Target } from '../contract/route.ts';
import { answerWithFaults } from '../faults/handle-with-faults.ts';
import { downloadFile } from '../files/download-file.ts';
import { behaviours } from '../model/behaviours.ts';
import type { Change } from '../model/change.ts';
import type { ApiRequest, Step, StepResponse } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Situation } from '../model/situation.ts';
import type { Caller, State } from '../model/state.ts';
import { handlerOf } from '../operations/handlers.ts';
import type { Call } from '../operations/operation-handler.ts';
import { authorize, resolveSession, type Session } from '../records/session.ts';
import { type Dialect, platform, store } from '../responses/dialects.ts';
import { authorizationRequired, invalidToken } from '../responses/error-responses.ts';
import { refuse } from '../responses/operation-result.ts';
import { type Given, readInput } from './read-input.ts';

/** Answers a request to the provider: first the faults, then the overrides, then the machine, held to the contract. */
export function answerRequest(state: State, request: ApiRequest, env: Env): Step {
  const target = route(request.method, request.path);
  const situation = { state, request, env };
  if (target.kind !== 'operation' || state.faults.length === 0) return answerTarget(target, situation);
  return answerWithFaults(target, situation, (next) => answerTarget(target, next));
}

/** What the sandbox says after a bug of its own. */
export function faultResponse(request: Pick<ApiRequest, 'path'>): StepResponse {
  return dialectOf(request).fault;
}

interface Answer extends Change {
  readonly response: StepResponse;
}

function answerTarget(target: Target, situation: Situation): Step {
  const { state: next = situation.state, effects = [], response } = settle(target, situation);
  return { state: next, effects, response };
}

/** The platform looks at the token before anything else, the path included; the file store knows no tokens. */
function settle(target: Target, situation: Situation): Answer {
  const { state, request, env } = situation;
  const dialect = dialectOf(request);
  const session: Session = dialect === store ? { kind: 'anonymous' } : resolveSession(state, request, env);
  if (session.kind === 'expired')
    return { ...held(target, refuse(withToken(invalidToken)), situation), state: session.state };
  switch (target.kind) {
    case 'nothing':
      return held(target, refuse(dialect.noSuchPath(request.method, request.path)), situation);
    case 'download':
      return held(target, downloadFile(state, target, request, env), situation);
    case 'operation': {
      const caller = authorize(session, operations[target.operationId].security);
      return caller
        ? performOperation(target, caller, situation)
        : held(target, refuse(withToken(authorizationRequired)), situation);
    }
  }
}

function performOperation(target: OperationTarget, caller: Caller, situation: Situation): Answer {
  const { request, env } = situation;
  const { operationId, parameters } = target;
  const input = readInput({ operationId, dialect: dialectOf(request) }, parameters, request);
  if (input.ok) return perform(target, callOf(input, caller, request), situation);
  const refused = held(target, refuse(input.refusal), situation);
  if (env.requests === 'strict' || !input.given) return refused;
  const call = callOf(input.given, caller, request);
  const told = env.requests === 'warn' ? input.violations : [];
  return perhaps(() => perform(target, call, situation), told) ?? refused;
}

/** What `authorize` and `readInput` let through is what the contract says of this operation. */
function callOf({ body, parameters }: Given, caller: Caller, { origin }: ApiRequest): Call<OperationId> {
  return { body, parameters, caller, origin } as Call<OperationId>;
}

/** Lets an override answer, or the machine. */
function perform(target: OperationTarget, call: Call<OperationId>, situation: Situation): Answer {
  const { state, env } = situation;
  const handler = handlerOf(target.operationId);
  const machine = () => handler.handle(call, state, env);
  const overriding = env.override?.(target.operationId, call, machine);
  if (!overriding) return held(target, machine(), situation);
  const response = { ...overriding.response, answeredBy: 'override' as const, basis: behaviours.asked };
  return overriding.unchecked
    ? { ...overriding, response }
    : held(target, { ...overriding, response }, situation);
}

/** A request that departs from the contract is performed only where that ends in an answer that does not. */
function perhaps(perform: () => Answer, violations: readonly Violation[]): Answer | undefined {
  try {
    const answer = perform();
    return { ...answer, response: { ...answer.response, violations } };
  } catch {
    return undefined;
  }
}

/** An answer whose body is as the contract has it. */
function held(target: Target, answer: Answer, { request, env }: Situation): Answer {
  const { response } = answer;
  if (!('body' in response)) return answer;
  const operationId = target.kind === 'operation' ? target.operationId : dialectOf(request).standIn;
  try {
    const body = holdResponse(operationId, response.status, response.body, env.derive);
    return body === response.body ? answer : { ...answer, response: { ...response, body } };
  } catch (bug) {
    if (response.answeredBy !== 'override' || !(bug instanceof SandboxBug)) throw bug;
    throw new OverrideError(`An override is wrong. ${bug.message}`);
  }
}

/** An override has answered what the contract does not allow. */
export class OverrideError extends SandboxBug {
  override readonly name = 'OverrideError';
}

function withToken<Refused extends object>(refusal: Refused) {
  return { ...refusal, violations: [tokenRefused] };
}

const tokenRefused: Violation = {
  pointer: '/headers/authorization',
  keyword: 'security',
  expected: behaviours.rawToken.basis,
};

function dialectOf({ path }: Pick<ApiRequest, 'path'>): Dialect {
  return isStorePath(path) ? store : platform;
}
