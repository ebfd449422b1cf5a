import type { OperationTarget } from '../contract/route.ts';
import type { Step } from '../model/command.ts';
import type { Fault, RequestFault } from '../model/fault.ts';
import type { RequestContext } from '../model/request-context.ts';
import type { State } from '../model/state.ts';
import { staleState } from '../records/merchants.ts';
import { alterResponse } from './alter-response.ts';
import { requestFaultKinds } from './fault-kinds.ts';
import { preventOperation } from './prevent-operation.ts';
import { selectFaults, struck } from './select-faults.ts';

/**
 * Answers a request as the faults in force would have it, in the order in which they were added. One that strikes
 * before the operation prevents it and ends the matter; those that strike afterwards alter the handle one by one.
 */
export function handleWithFaults(
  target: OperationTarget,
  context: RequestContext,
  handle: (context: RequestContext) => Step,
): Step {
  const { env, request } = context;
  const drawn = selectFaults(context.state, (fault) => applies(fault, target, context), env);
  let { state } = drawn;
  for (const fault of drawn.faults) {
    if (requestFaultKinds[fault.kind].commits !== 'before') continue;
    const prevention = preventOperation(fault, target.operationId, { state, request, env });
    if (!prevention) continue;
    state = struck(prevention.state, fault);
    if (prevention.response)
      return {
        state,
        response: { ...prevention.response, answeredBy: 'fault', faults: [fault] },
        effects: [],
      };
  }
  const later = drawn.faults.filter(({ kind }) => requestFaultKinds[kind].commits === 'after');
  return later.reduce(
    (step, fault) => alter(step, fault, target, context),
    handleStale(later, target, { ...context, state }, handle),
  );
}

function applies(
  fault: Fault,
  { operationId }: OperationTarget,
  { request }: RequestContext,
): fault is RequestFault {
  if (!('operation' in fault) || (fault.operation !== '*' && fault.operation !== operationId)) return false;
  return requestFaultKinds[fault.kind].transports.includes(request.transport);
}

/** Who reads stale data learns nothing of the last change, and undoes nothing of it either. */
function handleStale(
  faults: readonly RequestFault[],
  { operationId, parameters }: OperationTarget,
  context: RequestContext,
  handle: (context: RequestContext) => Step,
): Step {
  const fault = faults.find(({ kind }) => kind === 'stale-read');
  const { merchantId } = parameters;
  const stale: State | undefined =
    fault && operationId === 'pullMerchant' && merchantId ? staleState(context.state, merchantId) : undefined;
  if (!fault || !stale) return handle(context);
  const { response } = handle({ ...context, state: stale });
  return {
    state: struck(context.state, fault),
    response: { ...response, answeredBy: 'fault', faults: [fault] },
    effects: [],
  };
}

function alter(
  step: Step,
  fault: RequestFault,
  { operationId }: OperationTarget,
  { env }: RequestContext,
): Step {
  const altered = alterResponse(fault, operationId, step.response, env);
  if (!altered) return step;
  return {
    ...step,
    state: struck(step.state, fault),
    response: { ...altered, answeredBy: 'fault', faults: [...(step.response.faults ?? []), fault] },
  };
}
