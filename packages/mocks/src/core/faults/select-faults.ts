import type { Env } from '../model/env.ts';
import type { Fault } from '../model/fault.ts';
import type { State } from '../model/state.ts';
import { fractionOf } from '../seed/derive.ts';

/**
 * Selects the faults in force that apply and that the seed lets strike. The returned state has counted the opportunity of
 * each fault.
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
