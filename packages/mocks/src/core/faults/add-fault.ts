import type { Step } from '../model/command.ts';
import { millisecondsIn } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { Fault, FaultSpec } from '../model/fault.ts';
import { nextOrdinal, type State } from '../model/state.ts';
import { checkFault, FaultError } from './check-fault.ts';

/** Each request looks at them all. */
const maxFaults = 1000;

/**
 * Puts a fault in force, and answers with its id.
 *
 * @throws FaultError for one that means nothing, and when there are too many.
 */
export function addFault(state: State, spec: FaultSpec, { now }: Env): Step {
  checkFault(spec);
  if (state.faults.length >= maxFaults)
    throw new FaultError(`There are ${maxFaults} faults, and may be no more. Clear them.`);
  const { ordinal, state: counted } = nextOrdinal(state, 'fault');
  const expiresAt = spec.ttl === undefined ? undefined : now + millisecondsIn(spec.ttl);
  const fault: Fault = {
    ...spec,
    id: `fault-${ordinal}`,
    considered: 0,
    struck: 0,
    ...(expiresAt !== undefined && { expiresAt }),
  };
  return {
    state: { ...counted, faults: [...counted.faults, fault] },
    response: { status: 200, body: { id: fault.id } },
    effects: [],
  };
}

/** Takes a fault out of force, or all of them. */
export function removeFault(state: State, faultId: string | undefined): Step {
  const faults = faultId === undefined ? [] : state.faults.filter(({ id }) => id !== faultId);
  const isKnown = faultId === undefined || faults.length < state.faults.length;
  return { state: { ...state, faults }, response: { status: isKnown ? 200 : 404, body: {} }, effects: [] };
}
