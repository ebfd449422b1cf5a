import type { OperationTarget } from '../contract/route.ts';
import type { Step } from '../model/command.ts';
import type { RequestContext } from '../model/env.ts';
import type { Fault, RequestFault } from '../model/fault.ts';
import { staleState } from '../records/merchants.ts';
import { alterResponse } from './alter-response.ts';
import { requestFaultKinds } from './fault-kinds.ts';
import { recordStrike, selectFaults } from './fault-list.ts';
import { preventOperation } from './prevent-operation.ts';

type Handle = (context: RequestContext) => Step;

/**
 * Handles a request under the active faults, in the order of their addition. The first fault that strikes before the
 * operation prevents it. Without such a fault, the faults that strike after the operation alter its response in turn.
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
    if (prevention) return struck({ state, effects: [], ...prevention }, fault);
  }
  const later = faults.filter(({ kind }) => requestFaultKinds[kind].commits === 'after');
  let step = handleStale(later, target, { ...context, state }, handle);
  for (const fault of later) {
    const response = alterResponse(fault, target.operationId, step.response, context.env);
    if (response) step = struck({ ...step, response }, fault);
  }
  return step;
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
  return struck({ state: context.state, response, effects: [] }, fault);
}

function struck({ state, response, effects }: Step, fault: RequestFault): Step {
  const faults = [...(response.faults ?? []), fault];
  return {
    state: recordStrike(state, fault),
    response: { ...response, answeredBy: 'fault', faults },
    effects,
  };
}
