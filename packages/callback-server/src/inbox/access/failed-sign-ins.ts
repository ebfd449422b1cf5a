/** Failed sign-ins in a group, as the audit has them. */
interface FailedSignIns {
  readonly attempts: number;
  readonly since: Date;
}

const groupMs = 3_600_000;

/**
 * Counts failed sign-ins in groups, so that no attack fills the audit. A group is the failures of one name within an hour.
 *
 * @returns What to write after a failure: after the first, the tenth, the hundredth and so on. `undefined` in between.
 */
export function createFailedSignIns(
  now: () => number = Date.now,
): (name: string) => FailedSignIns | undefined {
  const groups = new Map<string, { attempts: number; since: number }>();
  return (name) => {
    const open = groups.get(name);
    // A clock that was ahead has begun a group in the future.
    const isOpen = open && Math.abs(now() - open.since) < groupMs;
    const group = isOpen ? open : { attempts: 0, since: now() };
    group.attempts += 1;
    groups.set(name, group);
    const isWritten = /^10*$/.test(String(group.attempts));
    return isWritten ? { attempts: group.attempts, since: new Date(group.since) } : undefined;
  };
}
