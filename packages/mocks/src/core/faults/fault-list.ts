import type { Step } from '../model/command.ts';
import { timeAfter } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import type { Fault, FaultSpec } from '../model/fault.ts';
import { nextOrdinal, type State } from '../model/state.ts';
import { fractionOf } from '../seed/derive.ts';
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
    throw new FaultError(`Cannot add a fault: the limit of ${maxFaults} is reached. Remove faults first.`);
  const { ordinal, state: counted } = nextOrdinal(state, 'fault');
  const expiresAt = spec.ttl === undefined ? undefined : timeAfter(now, spec.ttl);
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

/**
 * Selects the active faults that apply, and that strike by their `rate` and the seed. In the returned state,
 * `considered` is higher by one for each active fault that applies.
 */
export function selectFaults<Kind extends Fault>(
  state: State,
  applies: (fault: Fault) => fault is Kind,
  env: Env,
) {
  const candidates = state.faults.filter(applies).filter((fault) => isInForce(fault, env.now));
  if (candidates.length === 0) return { faults: [], state };
  const faults = candidates.filter(
    ({ id, considered, rate = 1 }) => fractionOf(env, `${id} ${considered}`) < rate,
  );
  const ids = new Set(candidates.map(({ id }) => id));
  return {
    faults,
    state: withFaults(state, (fault) =>
      ids.has(fault.id) ? { ...fault, considered: fault.considered + 1 } : fault,
    ),
  };
}

export function recordStrike(state: State, { id }: Fault): State {
  return withFaults(state, (fault) => (fault.id === id ? { ...fault, struck: fault.struck + 1 } : fault));
}

/** Returns the point, from 0 to just under 1, at which a fault strikes within its range. */
export function strikePoint({ id, considered }: Fault, env: Env): number {
  return fractionOf(env, `${id} ${considered} place`);
}

function isInForce({ times, struck, expiresAt }: Fault, now: number): boolean {
  return (times === undefined || struck < times) && (expiresAt === undefined || now < expiresAt);
}

function withFaults(state: State, change: (fault: Fault) => Fault): State {
  return { ...state, faults: state.faults.map(change) };
}
