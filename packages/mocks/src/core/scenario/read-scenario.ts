import { type CompiledValidator, validators } from '../../../generated/scenario-validators.js';
import { assertPolicy } from '../back-office/assert-policy.ts';
import { assertFault } from '../faults/assert-fault.ts';
import { addFault } from '../faults/fault-list.ts';
import { isDeeperThan, maxStateDepth } from '../json/json-value.ts';
import type { Env } from '../model/env.ts';
import { type Snapshot, stateFrom } from '../model/snapshot.ts';
import type { State } from '../model/state.ts';
import { type Contradiction, findContradiction, problemAt } from './find-contradiction.ts';
import type { Scenario } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';

/**
 * Turns a snapshot into a state.
 *
 * @throws ScenarioError if the snapshot is invalid in any place.
 */
export function readSnapshot(given: unknown): State {
  const snapshot = checked('snapshot', validators.Snapshot, given) as Snapshot; // The validator has checked it.
  return consistentState('snapshot', snapshot, '');
}

/** Checks a scenario that may come from an untyped test, a file or the control API, and returns a copy of it. */
export function readScenario(given: unknown): Scenario {
  return checked('scenario', validators.Scenario, given) as Scenario; // The validator has checked it.
}

/**
 * Creates the state at the start of a scenario. The state has the faults of the scenario in addition to its own
 * faults.
 *
 * @param createDefault - Creates the state of a scenario that has no state.
 * @throws ScenarioError if the scenario contradicts itself, and FaultError if it has too many faults.
 */
export function startOf(
  { state, faults = [], policy }: Scenario,
  env: Env,
  createDefault: (env: Env) => State,
): State {
  const rules = [
    ...(policy ? problemAt('/policy', () => assertPolicy(policy)) : []),
    ...faults.flatMap((fault, at) => [...problemAt(`/faults/${at}`, () => assertFault(fault))]),
  ];
  refuse('scenario', rules[0]);
  let start = state ? consistentState('scenario', state, '/state') : createDefault(env);
  for (const fault of faults) start = addFault(start, fault, env).state ?? start;
  return policy ? { ...start, policy } : start;
}

function refuse(subject: 'snapshot' | 'scenario', found: Contradiction | undefined, parent = ''): void {
  if (found) throw new ScenarioError(subject, parent + found.pointer, found.problem);
}

function consistentState(subject: 'snapshot' | 'scenario', snapshot: Snapshot, parent: string): State {
  refuse(subject, findContradiction(snapshot), parent);
  return stateFrom(snapshot);
}

function checked(subject: 'snapshot' | 'scenario', validate: CompiledValidator, given: unknown): unknown {
  const copy = plainCopy(subject, given);
  if (isDeeperThan(maxStateDepth, copy))
    throw new ScenarioError(subject, '', `it is nested more than ${maxStateDepth} levels deep`);
  if (validate(copy)) return copy;
  // The deepest violation explains a failed choice between several shapes best.
  const [violation] = (validate.errors ?? []).toSorted((one, other) => depthOf(other) - depthOf(one));
  const { instancePath = '', message = 'is wrong', params = {} } = violation ?? {};
  throw new ScenarioError(subject, instancePath, message + detailOf(params));
}

/** Copies data through JSON: what JSON cannot represent could not be exported again. */
function plainCopy(subject: 'snapshot' | 'scenario', given: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(given) ?? 'null');
  } catch {
    throw new ScenarioError(subject, '', 'it is not plain data that JSON can represent');
  }
}

function depthOf({ instancePath }: { readonly instancePath: string }): number {
  return instancePath.split('/').length;
}

function detailOf({ allowedValues, additionalProperty }: { readonly [name: string]: unknown }): string {
  if (Array.isArray(allowedValues)) return `: ${allowedValues.join(', ')}`;
  return additionalProperty === undefined ? '' : `: ${JSON.stringify(additionalProperty)}`;
}
