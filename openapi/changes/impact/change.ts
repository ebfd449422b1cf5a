import { type ChangeKind, type Direction, impactOf } from './impact.ts';

/** Where a change takes effect. */
export interface Location {
  readonly direction: Direction;
  /** Name of the operation or event; empty for the document itself. */
  readonly target: string;
}

/** A single difference between two contracts. */
export interface Change extends Location {
  readonly kind: ChangeKind;
  /** JSON pointer into the revision, or into the base for something removed. */
  readonly pointer: string;
  /** What changed: a name, or the values before and after. */
  readonly detail: string;
}

/** A change with its impact and every operation or event that the change affects. */
export type RatedChange = ReturnType<typeof rate>;

/** Rates each change. Equal changes, such as those of a shared component, become one change with several targets. */
export function rateChanges(changes: readonly Change[]): RatedChange[] {
  const equal = Map.groupBy(changes, ({ kind, direction, pointer, detail }) =>
    JSON.stringify([kind, direction, pointer, detail]),
  );
  return [...equal.values()].flatMap((group) => {
    const [change] = group;
    return change ? [rate(change, [...new Set(group.map(({ target }) => target))])] : [];
  });
}

function rate({ target: _, ...change }: Change, targets: string[]) {
  const { impact, reason } = impactOf(change.kind, change.direction);
  const isCallback = change.direction === 'callback' || change.direction === 'acknowledgement';
  // A major change breaks receivers of callbacks, or callers of the provider.
  const affected = isCallback ? 'receivers' : 'callers';
  return { ...change, targets, impact, reason, breaks: impact === 'major' ? affected : undefined };
}
