import type { Change } from './change.ts';
import { type Impact, impactOf } from './impact.ts';

/** A change with what it does, and everywhere that it does it. */
export interface RatedChange extends Omit<Change, 'place'> {
  readonly places: readonly string[];
  readonly impact: Impact;
  readonly because: string;
  /** Whom it breaks, if anyone: those who call the provider, or those who receive its callbacks. */
  readonly breaks: 'callers' | 'receivers' | undefined;
}

/** Rates each change. What several operations reach through one component is one change in several places. */
export function rateChanges(changes: readonly Change[]): RatedChange[] {
  const alike = Map.groupBy(changes, ({ kind, direction, pointer, detail }) =>
    JSON.stringify([kind, direction, pointer, detail]),
  );
  return [...alike.values()].flatMap((several) => {
    const [change] = several;
    return change ? [rate(change, [...new Set(several.map(({ place }) => place))])] : [];
  });
}

function rate({ place: _, ...change }: Change, places: string[]): RatedChange {
  const { impact, because } = impactOf(change.kind, change.direction);
  const isCallback = change.direction === 'callback' || change.direction === 'acknowledgement';
  const broken = isCallback ? 'receivers' : 'callers';
  return { ...change, places, impact, because, breaks: impact === 'major' ? broken : undefined };
}
