import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { ApiRequest, Step, StepResponse } from './command.ts';
import { completeFromExample } from './complete-from-example.ts';
import { type Dialect, platform, store } from './dialects.ts';
import type { Env } from './env.ts';
import { downloadFile } from './files/download-file.ts';
import { holdResponse } from './hold-to-contract.ts';
import { type Call, type Change, type OperationHandler, refuse } from './operation-handler.ts';
import { handlers } from './operations/handlers.ts';
import { readInput } from './read-input.ts';
import { authorizationRequired, invalidToken } from './refusals.ts';
import { isStorePath, route, type Target } from './route.ts';
import { authorize, type Caller, resolveSession, type Session } from './session.ts';
import type { State } from './state.ts';

type OperationTarget = Extract<Target, { kind: 'operation' }>;

/** Answers a request to the provider, and holds the answer to the contract. */
export function answerRequest(state: State, request: ApiRequest, env: Env): Step {
  const target = route(request.method, request.path);
  const { response, state: next = state, effects = [] } = answerTarget(target, { state, request, env });
  if (!('body' in response)) return { state: next, response, effects };

  const operationId = target.kind === 'operation' ? target.operationId : dialectOf(request).standIn;
  const body = completeFromExample(operationId, response.status, response.body);
  holdResponse(operationId, response.status, body);
  return { state: next, response: { ...response, body }, effects };
}

/** What the sandbox says after a bug of its own. */
export function faultResponse(request: Pick<ApiRequest, 'path'>): StepResponse {
  return dialectOf(request).fault;
}

interface Situation {
  readonly state: State;
  readonly request: ApiRequest;
  readonly env: Env;
}

interface Answer extends Change {
  readonly response: StepResponse;
}

/** The platform looks at the token before anything else, the path included; the file store knows no tokens. */
function answerTarget(target: Target, situation: Situation): Answer {
  const { state, request, env } = situation;
  const dialect = dialectOf(request);
  const session: Session = dialect === store ? { kind: 'anonymous' } : resolveSession(state, request, env);
  if (session.kind === 'expired') return { response: invalidToken, state: session.state };
  switch (target.kind) {
    case 'nothing':
      return refuse(dialect.noSuchPath(request.method, request.path));
    case 'download':
      return downloadFile(state, target, request, env);
    case 'operation': {
      const caller = authorize(session, operations[target.operationId].security);
      return caller ? performOperation(target, caller, situation) : refuse(authorizationRequired);
    }
  }
}

function performOperation(
  target: OperationTarget,
  caller: Caller,
  { state, request, env }: Situation,
): Answer {
  const { operationId } = target;
  // The table pairs each id with the handler of that id; TypeScript cannot follow the pair through a variable.
  const handler = handlers[operationId] as OperationHandler<OperationId>;
  const input = readInput(
    { ...handler, operationId, dialect: dialectOf(request) },
    target.parameters,
    request,
  );
  if (!input.ok) return refuse(input.refusal);
  // What `authorize` and `readInput` let through is what the contract says of this operation.
  const call = { ...input, caller, origin: request.origin } as Call<OperationId>;
  return handler.handle(call, state, env);
}

function dialectOf({ path }: Pick<ApiRequest, 'path'>): Dialect {
  return isStorePath(path) ? store : platform;
}
