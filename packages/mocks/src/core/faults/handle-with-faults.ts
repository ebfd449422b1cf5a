import type { OperationTarget } from '../contract/route.ts';
import type { Step } from '../model/command.ts';
import type { Fault, RequestFault } from '../model/fault.ts';
import type { RequestContext } from '../model/request-context.ts';
import { staleState } from '../records/merchants.ts';
import { alterResponse } from './alter-response.ts';
import { requestFaultKinds } from './fault-kinds.ts';
import { preventOperation } from './prevent-operation.ts';
import { recordStrike, selectFaults } from './select-faults.ts';

type Handle = (context: RequestContext) => Step;

/**
 * Handles a request under the faults in force, in the order of their addition. The first fault that strikes before the
 * operation prevents it. Without such a fault, those that strike after the operation alter its response in turn.
 */
export function handleWithFaults(target: OperationTarget, context: RequestContext, handle: Handle): Step {
  const { state, faults } = selectFaults(
    context.state,
    (fault) => applies(fault, target, context),
    context.env,
  );
  for (const fault of faults) {
    const prevention =
      requestFaultKinds[fault.kind].commits === 'before' &&
      preventOperation(fault, target.operationId, { ...context, state });
    if (prevention)
      return {
        state: recordStrike(prevention.state, fault),
        response: { ...prevention.response, answeredBy: 'fault', faults: [fault] },
        effects: [],
      };
  }
  const later = faults.filter(({ kind }) => requestFaultKinds[kind].commits === 'after');
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

/** Handles a stale read in the state before the merchant's last change, and keeps the present state. */
function handleStale(
  faults: readonly RequestFault[],
  { operationId, parameters }: OperationTarget,
  context: RequestContext,
  handle: Handle,
): Step {
  const fault = faults.find(({ kind }) => kind === 'stale-read');
  const { merchantId } = parameters;
  const stale =
    fault && operationId === 'pullMerchant' && merchantId ? staleState(context.state, merchantId) : undefined;
  if (!fault || !stale) return handle(context);
  const { response } = handle({ ...context, state: stale });
  return {
    state: recordStrike(context.state, fault),
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
    state: recordStrike(step.state, fault),
    response: { ...altered, answeredBy: 'fault', faults: [...(step.response.faults ?? []), fault] },
  };
}
