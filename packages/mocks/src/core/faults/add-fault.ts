import type { Step } from '../model/command.ts';
import { millisecondsIn } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { Fault, FaultSpec } from '../model/fault.ts';
import { nextOrdinal, type State } from '../model/state.ts';
import { assertFault, FaultError } from './assert-fault.ts';

/** Every request checks every fault, so their number has a limit. */
const maxFaults = 1000;

/**
 * Adds a fault, and responds with its id.
 *
 * @throws FaultError for an invalid fault, and when there are too many faults.
 */
export function addFault(state: State, spec: FaultSpec, { now }: Env): Partial<Step> {
  assertFault(spec);
  if (state.faults.length >= maxFaults)
    throw new FaultError(`Cannot add a fault: the limit of ${maxFaults} is reached. Clear the faults first.`);
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
  };
}

/** Removes a fault, or every fault if there is no id. */
export function removeFault(state: State, faultId: string | undefined): Partial<Step> {
  const faults = faultId === undefined ? [] : state.faults.filter(({ id }) => id !== faultId);
  const isKnown = faultId === undefined || faults.length < state.faults.length;
  return { state: { ...state, faults }, response: { status: isKnown ? 200 : 404, body: {} } };
}
