import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import { enforceContract, SandboxBug } from '../contract/enforce-contract.ts';
import { isStorePath, type OperationTarget, route, type Target } from '../contract/route.ts';
import { handleWithFaults } from '../faults/handle-with-faults.ts';
import { downloadFile } from '../files/download-file.ts';
import { behaviours } from '../model/behaviours.ts';
import type { Change } from '../model/change.ts';
import type { ApiRequest, Step, StepResponse } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { RequestContext } from '../model/request-context.ts';
import type { Caller, State } from '../model/state.ts';
import { handlerOf } from '../operations/handlers.ts';
import type { OperationCall } from '../operations/operation-handler.ts';
import { authorize, resolveSession, type Session } from '../records/session.ts';
import { type Dialect, platform, store } from '../responses/dialects.ts';
import { authorizationRequired, invalidToken } from '../responses/error-responses.ts';
import { refuse } from '../responses/operation-result.ts';
import { type Given, readInput } from './read-input.ts';

/** Answers a request to the provider: first the faults, then the overrides, then the machine, held to the contract. */
export function handleRequest(state: State, request: ApiRequest, env: Env): Step {
  const target = route(request.method, request.path);
  const context = { state, request, env };
  if (target.kind !== 'operation' || state.faults.length === 0) return answerTarget(target, context);
  return handleWithFaults(target, context, (next) => answerTarget(target, next));
}

/** What the sandbox says after a bug of its own. */
export function internalErrorResponse(request: Pick<ApiRequest, 'path'>): StepResponse {
  return dialectOf(request).fault;
}

interface OperationResponse extends Change {
  readonly response: StepResponse;
}

function answerTarget(target: Target, context: RequestContext): Step {
  const { state: next = context.state, effects = [], response } = settle(target, context);
  return { state: next, effects, response };
}

/** The platform looks at the token before anything else, the path included; the file store knows no tokens. */
function settle(target: Target, context: RequestContext): OperationResponse {
  const { state, request, env } = context;
  const dialect = dialectOf(request);
  const session: Session = dialect === store ? { kind: 'anonymous' } : resolveSession(state, request, env);
  if (session.kind === 'expired')
    return { ...held(target, refuse(withToken(invalidToken)), context), state: session.state };
  switch (target.kind) {
    case 'nothing':
      return held(target, refuse(dialect.noSuchPath(request.method, request.path)), context);
    case 'download':
      return held(target, downloadFile(state, target, request, env), context);
    case 'operation': {
      const caller = authorize(session, operations[target.operationId].security);
      return caller
        ? performOperation(target, caller, context)
        : held(target, refuse(withToken(authorizationRequired)), context);
    }
  }
}

function performOperation(
  target: OperationTarget,
  caller: Caller,
  context: RequestContext,
): OperationResponse {
  const { request, env } = context;
  const { operationId, parameters } = target;
  const input = readInput({ operationId, dialect: dialectOf(request) }, parameters, request);
  if (input.ok) return perform(target, callOf(input, caller, request), context);
  const refused = held(target, refuse(input.refusal), context);
  if (env.requests === 'strict' || !input.given) return refused;
  const call = callOf(input.given, caller, request);
  const told = env.requests === 'warn' ? input.violations : [];
  return perhaps(() => perform(target, call, context), told) ?? refused;
}

/** What `authorize` and `readInput` let through is what the contract says of this operation. */
function callOf(
  { body, parameters }: Given,
  caller: Caller,
  { origin }: ApiRequest,
): OperationCall<OperationId> {
  return { body, parameters, caller, origin } as OperationCall<OperationId>;
}

/** Lets an override answer, or the machine. */
function perform(
  target: OperationTarget,
  call: OperationCall<OperationId>,
  context: RequestContext,
): OperationResponse {
  const { state, env } = context;
  const handler = handlerOf(target.operationId);
  const machine = () => handler.handle(call, state, env);
  const overriding = env.override?.(target.operationId, call, machine);
  if (!overriding) return held(target, machine(), context);
  const response = { ...overriding.response, answeredBy: 'override' as const, basis: behaviours.asked };
  return overriding.unchecked
    ? { ...overriding, response }
    : held(target, { ...overriding, response }, context);
}

/** A request that departs from the contract is performed only where that ends in an answer that does not. */
function perhaps(
  perform: () => OperationResponse,
  violations: readonly Violation[],
): OperationResponse | undefined {
  try {
    const answer = perform();
    return { ...answer, response: { ...answer.response, violations } };
  } catch {
    return undefined;
  }
}

/** An answer whose body is as the contract has it. */
function held(
  target: Target,
  answer: OperationResponse,
  { request, env }: RequestContext,
): OperationResponse {
  const { response } = answer;
  if (!('body' in response)) return answer;
  const operationId =
    target.kind === 'operation' ? target.operationId : dialectOf(request).representativeOperation;
  try {
    const body = enforceContract(operationId, response.status, response.body, env.derive);
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
