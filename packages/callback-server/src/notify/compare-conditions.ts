import type { Condition, ConditionChange } from './notification.ts';

/** A number of merchants is told again when it has changed by so much. */
const factor = 2;

/** What to tell of the conditions that last, and what has then been told. */
interface Comparison {
  readonly changes: readonly ConditionChange[];
  readonly told: readonly Condition[];
}

/** Compares the conditions that last with those that were told. A condition that lasts is not told again. */
export function compareConditions(told: readonly Condition[], current: readonly Condition[]): Comparison {
  const changes: ConditionChange[] = [];
  const nowTold = current.map((condition) => {
    const before = told.find((each) => isSame(each, condition));
    if (before && !hasChanged(before, condition)) return before;
    changes.push({ ...condition, phase: before ? 'changed' : 'began' });
    return condition;
  });
  for (const condition of told)
    if (!current.some((each) => isSame(each, condition))) changes.push(endOf(condition));
  return { changes, told: nowTold };
}

function isSame(one: Condition, other: Condition): boolean {
  return one.kind === other.kind && one.route === other.route;
}

function hasChanged({ count: before = 1 }: Condition, { count: after = 1 }: Condition): boolean {
  return after >= before * factor || after * factor <= before;
}

/** The end of a condition. Its last number is over. */
function endOf({ kind, route }: Condition): ConditionChange {
  return { kind, ...(route !== undefined && { route }), phase: 'ended' };
}
