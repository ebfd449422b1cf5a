import type { OperationTarget } from '../contract/route.ts';
import type { Step } from '../model/command.ts';
import type { Fault, RequestFault } from '../model/fault.ts';
import type { Situation } from '../model/situation.ts';
import type { State } from '../model/state.ts';
import { staleState } from '../records/merchants.ts';
import { alterAnswer } from './alter-response.ts';
import { requestFaultKinds } from './fault-kinds.ts';
import { preventAnswer } from './prevent-operation.ts';
import { drawFaults, struck } from './select-faults.ts';

/**
 * Answers a request as the faults in force would have it, in the order in which they were added. One that strikes
 * before the operation prevents it and ends the matter; those that strike afterwards alter the answer one by one.
 */
export function answerWithFaults(
  target: OperationTarget,
  situation: Situation,
  answer: (situation: Situation) => Step,
): Step {
  const { env, request } = situation;
  const drawn = drawFaults(situation.state, (fault) => applies(fault, target, situation), env);
  let { state } = drawn;
  for (const fault of drawn.faults) {
    if (requestFaultKinds[fault.kind].commits !== 'before') continue;
    const prevention = preventAnswer(fault, target.operationId, { state, request, env });
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
    (step, fault) => alter(step, fault, target, situation),
    answerStale(later, target, { ...situation, state }, answer),
  );
}

function applies(
  fault: Fault,
  { operationId }: OperationTarget,
  { request }: Situation,
): fault is RequestFault {
  if (!('operation' in fault) || (fault.operation !== '*' && fault.operation !== operationId)) return false;
  return requestFaultKinds[fault.kind].transports.includes(request.transport);
}

/** Who reads stale data learns nothing of the last change, and undoes nothing of it either. */
function answerStale(
  faults: readonly RequestFault[],
  { operationId, parameters }: OperationTarget,
  situation: Situation,
  answer: (situation: Situation) => Step,
): Step {
  const fault = faults.find(({ kind }) => kind === 'stale-read');
  const { merchantId } = parameters;
  const stale: State | undefined =
    fault && operationId === 'pullMerchant' && merchantId
      ? staleState(situation.state, merchantId)
      : undefined;
  if (!fault || !stale) return answer(situation);
  const { response } = answer({ ...situation, state: stale });
  return {
    state: struck(situation.state, fault),
    response: { ...response, answeredBy: 'fault', faults: [fault] },
    effects: [],
  };
}

function alter(step: Step, fault: RequestFault, { operationId }: OperationTarget, { env }: Situation): Step {
  const altered = alterAnswer(fault, operationId, step.response, env);
  if (!altered) return step;
  return {
    ...step,
    state: struck(step.state, fault),
    response: { ...altered, answeredBy: 'fault', faults: [...(step.response.faults ?? []), fault] },
  };
}
