import type { Condition, ConditionChange } from './notification.ts';

/** A number of merchants is reported again when it has grown or shrunk by this factor. */
const factor = 2;

/** What to report of the current conditions, and the conditions that have then been reported. */
interface Comparison {
  readonly changes: readonly ConditionChange[];
  readonly told: readonly Condition[];
}

/** Compares the current conditions with the reported conditions. A condition is reported again only if it has changed. */
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

/** The end of a condition, without its last number. */
function endOf({ kind, route }: Condition): ConditionChange {
  return { kind, ...(route !== undefined && { route }), phase: 'ended' };
}
