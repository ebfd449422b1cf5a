import { operations as evidence } from '@partner-ecosystem/openapi/evidence';
import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { Violation } from '@partner-ecosystem/openapi/validators';
import { withContractStatus } from '../contract/contract-status.ts';
import { enforceContract, SandboxBug } from '../contract/enforce-contract.ts';
import type { OperationTarget } from '../contract/route.ts';
import { handleWithFaults } from '../faults/handle-with-faults.ts';
import { behaviours } from '../model/behaviours.ts';
import { type ApiRequest, type Change, headerOf, type Step, type StepResponse } from '../model/command.ts';
import type { Env, RequestContext } from '../model/env.ts';
import type { Caller } from '../model/state.ts';
import { handlerOf } from '../operations/handlers.ts';
import type { OperationCall } from '../operations/operation-handler.ts';
import { downloadFile } from '../records/files.ts';
import { anonymous, authorize, resolveSession } from '../records/session.ts';
import { dialects } from '../responses/dialects.ts';
import { withHtmlError } from '../responses/html-error.ts';
import {
  authorizationRequired,
  type ErrorResponse,
  fail,
  invalidToken,
} from '../responses/operation-responses.ts';
import { type Input, readInput } from './read-input.ts';

/** Handles a request to the provider: first the faults, then the overrides, then the operation. */
export function handleRequest(context: RequestContext): Step {
  const { state, request } = context;
  if (request.target.kind !== 'operation' || state.faults.length === 0) return handle(context);
  return handleWithFaults(request.target, context, handle);
}

/** An override broke the contract, or threw an exception. */
export class OverrideError extends SandboxBug {
  override readonly name = 'OverrideError';
}

interface Handled extends Change {
  readonly response: StepResponse;
  /** Whether the response needs no check against the contract. */
  readonly isFinal?: boolean;
}

function handle(context: RequestContext): Step {
  const handled = dispatch(context);
  const { state = context.state, effects = [] } = handled;
  const response = finalResponse(handled, context);
  const { request, env } = context;
  const isHtml = env.dialect === 'framework' && request.target.host === 'platform';
  return {
    state,
    effects,
    response: isHtml ? withHtmlError(response, headerOf(request, 'accept')) : response,
  };
}

/** The platform checks the token first, even for an unknown path. The file store ignores tokens. */
function dispatch(context: RequestContext): Handled {
  const { state, request, env } = context;
  const { target } = request;
  const session = target.host === 'file-store' ? anonymous : resolveSession(state, request, env);
  if (session.kind === 'expired') return { ...fail(withTokenViolation(invalidToken)), state: session.state };
  switch (target.kind) {
    case 'nothing':
      return fail(dialects[target.host].noSuchPath(request.method, request.path));
    case 'download':
      return downloadFile(state, target, request, env);
    case 'operation': {
      // The framework parses the body before it checks the rights of the caller.
      const { error } = isUnread(request, env) ? readInput(target, request) : {};
      if (error) return fail(error);
      const caller = authorize(session, operations[target.operationId].security);
      return caller
        ? handleOperation(target, caller, context)
        : fail(withTokenViolation(authorizationRequired));
    }
  }
}

function isUnread({ body, target }: ApiRequest, { dialect }: Env): boolean {
  return (
    dialect === 'framework' && target.host === 'platform' && body.kind !== 'read' && body.kind !== 'none'
  );
}

function handleOperation(target: OperationTarget, caller: Caller, context: RequestContext): Handled {
  const { request, env } = context;
  const { input, error, unexpected: found } = readInput(target, request);
  const unexpected = found ?? queryTokenOf(target, request);
  if (error === undefined) {
    const call = callOf(input, caller, request);
    if (!unexpected) return perform(target, call, context);
    if (env.requests === 'expected') return fail(unexpected);
    const warnings = env.requests === 'off' ? [] : (unexpected.violations ?? []);
    if (!isOfOtherType(unexpected, target)) return withWarnings(perform(target, call, context), warnings);
    const handled = tryPerform(target, call, undefined, context);
    return handled ? withWarnings(handled, warnings) : fail(unexpected);
  }
  const isPerformed = input !== undefined && (env.requests === 'warn' || env.requests === 'off');
  const violations = env.requests === 'warn' ? (error.violations ?? []) : [];
  return (
    (isPerformed && tryPerform(target, callOf(input, caller, request), violations, context)) || fail(error)
  );
}

/** Whether a value in a request that no page documents has another type than the operation is written for. */
function isOfOtherType({ violations = [] }: ErrorResponse, { operationId }: OperationTarget): boolean {
  return (
    evidence[operationId].evidence === 'inferred' && violations.some(({ keyword }) => keyword === 'type')
  );
}

function withWarnings(handled: Handled, warnings: readonly Violation[]): Handled {
  const { warnings: own = [] } = handled.response;
  return { ...handled, response: { ...handled.response, warnings: [...warnings, ...own] } };
}

/** No page documents a token in the query for an operation that is inferred. Another warning takes precedence. */
function queryTokenOf({ operationId }: OperationTarget, { query }: ApiRequest): ErrorResponse | undefined {
  const isGiven = query.some(([name, token]) => name === 'access_token' && token !== '');
  if (!isGiven || evidence[operationId].evidence !== 'inferred') return undefined;
  const expected = 'must be in the header: no page documents this operation';
  return {
    ...authorizationRequired,
    violations: [{ pointer: '/query/access_token', keyword: 'security', expected }],
  };
}

/**
 * `authorize` and `readInput` ensure the types that the contract documents. `tryPerform` takes a call with other
 * types.
 */
function callOf({ body, parameters }: Input, caller: Caller, { origin }: ApiRequest) {
  return { body, parameters, caller, origin } as OperationCall<OperationId>;
}

function perform(
  { operationId }: OperationTarget,
  call: OperationCall<OperationId>,
  { state, env }: RequestContext,
): Handled {
  const machine = () => {
    const result = handlerOf(operationId).handle(call, state, env);
    return { ...result, response: withContractStatus(operationId, result.response) };
  };
  const overridden = env.override?.(operationId, call, machine);
  if (!overridden) return machine();
  const { unchecked, response, ...change } = overridden;
  return {
    ...change,
    response: { ...response, answeredBy: 'override', basis: behaviours.requested },
    isFinal: unchecked,
  };
}

/** Performs a request that violates the contract, unless its response would violate the contract too. */
function tryPerform(
  target: OperationTarget,
  call: OperationCall<OperationId>,
  violations: readonly Violation[] | undefined,
  context: RequestContext,
): Handled | undefined {
  try {
    const handled = perform(target, call, context);
    return {
      ...handled,
      response: { ...finalResponse(handled, context), ...(violations && { violations }) },
      isFinal: true,
    };
  } catch (error) {
    if (error instanceof OverrideError) throw error;
    return undefined;
  }
}

/** Enforces the contract on a response, and adds properties that the contract requires. */
function finalResponse(
  { response: given, isFinal }: Handled,
  { request, env }: RequestContext,
): StepResponse {
  if (isFinal || !('body' in given)) return given;
  const { target } = request;
  const operationId =
    target.kind === 'operation' ? target.operationId : dialects[target.host].representativeOperation;
  const response = given.answeredBy === 'override' ? given : withContractStatus(operationId, given);
  try {
    const body = enforceContract(operationId, response.status, response.body, env.derive);
    return body === response.body ? response : { ...response, body };
  } catch (bug) {
    if (response.answeredBy !== 'override' || !(bug instanceof SandboxBug)) throw bug;
    throw new OverrideError(`An override breaks the contract. ${bug.message}`);
  }
}

function withTokenViolation(error: ErrorResponse): ErrorResponse {
  return { ...error, violations: [tokenViolation] };
}

const tokenViolation: Violation = {
  pointer: '/headers/authorization',
  keyword: 'security',
  expected: behaviours.rawToken.basis,
};
