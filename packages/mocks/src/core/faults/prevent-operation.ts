import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { contractBody } from '../contract/contract-body.ts';
import { type Behaviour, behaviours } from '../model/behaviours.ts';
import type { Change, Step, StepResponse } from '../model/command.ts';
import type { RequestContext } from '../model/env.ts';
import type { RequestFault } from '../model/fault.ts';
import { without } from '../model/table.ts';
import type { TransmissionMode } from '../model/transmission.ts';
import { resolveSession } from '../records/session.ts';
import { authorizationRequired, frameworkError, invalidToken } from '../responses/operation-responses.ts';

/** Responds in place of the operation. Returns `undefined` if the fault finds nothing to break. */
export function preventOperation(
  fault: RequestFault,
  operationId: OperationId,
  context: RequestContext,
): Prevention | undefined {
  switch (fault.kind) {
    case 'token-expired':
    case 'token-revoked':
      return loseToken(fault.kind, operationId, context);
    case 'never-answers':
      return noResponse('never');
    case 'lost-request':
      return noResponse('lost');
    case 'reset':
      return noResponse('reset');
    case 'status': {
      const { status, retryAfterSeconds } = fault;
      const basis = behaviours[status >= 500 ? 'serverError' : 'requested'];
      const body =
        contractBody(operationId, status, context.env.derive) ??
        frameworkError('requested', status, `Status ${status}`).body;
      return { response: { status, body, basis, ...retryAfter(retryAfterSeconds) } };
    }
    case 'throttled-403':
      return { response: limitExceeded('throttled403', 403) };
    case 'throttled-429': {
      const header = retryAfter(fault.retryAfterSeconds ?? 1);
      return { response: { ...limitExceeded('throttled429', 429), ...header } };
    }
    case 'inner-status': {
      const { status = 400, inner = 422 } = fault;
      const error = frameworkError('innerStatus', inner, 'Not valid', { details: {} });
      return { response: { ...error, status } };
    }
    case 'proxy-page': {
      const { status = 502 } = fault;
      const transmission = { text: proxyPage(status), mediaType: 'text/html' };
      return { response: { status, body: undefined, basis: behaviours.proxy, transmission } };
    }
    default:
      return undefined;
  }
}

type Prevention = Change & Pick<Step, 'response'>;

function limitExceeded(behaviour: Behaviour, status: number): StepResponse {
  return frameworkError(behaviour, status, 'Request limit exceeded');
}

function retryAfter(seconds: number | undefined): Pick<StepResponse, 'transmission'> {
  return seconds === undefined ? {} : { transmission: { headers: { 'retry-after': `${seconds}` } } };
}

function proxyPage(status: 502 | 504): string {
  const title = status === 502 ? '502 Bad Gateway' : '504 Gateway Time-out';
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}

function noResponse(mode: TransmissionMode): Prevention {
  return { response: { status: 0, body: undefined, basis: behaviours.network, transmission: { mode } } };
}

/**
 * Removes a partner's token. An administrator keeps the token, because no operation issues another token of an
 * administrator.
 */
function loseToken(
  kind: 'token-expired' | 'token-revoked',
  operationId: OperationId,
  { state, request, env }: RequestContext,
): Prevention | undefined {
  const session = resolveSession(state, request, env);
  const security: readonly string[] = operations[operationId].security;
  if (session.kind !== 'known' || session.caller === 'administrator' || !security.includes(session.scheme))
    return undefined;
  return {
    state: { ...state, tokens: without(state.tokens, session.token) },
    response: kind === 'token-expired' ? invalidToken : authorizationRequired,
  };
}
