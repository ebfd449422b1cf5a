import { delayAfter } from '../dispatch/backoff.ts';
import { compareConditions } from './compare-conditions.ts';
import type { Condition, Notification, NotificationEntry, Occurrences } from './notification.ts';

// Times are in milliseconds, by a clock that never jumps.

export interface TellerLimits {
  /** How long a notification waits for further entries. */
  readonly gatherMs: number;
  /** Time between two notifications, at least. */
  readonly intervalMs: number;
  /** Delays after failed attempts. The last delay repeats. */
  readonly delaysMs: readonly number[];
}

/** What was reported to one target, and what will be reported. The size of the state does not grow with time. */
export interface TellerState {
  /** What has happened, and is in no notification yet. */
  readonly occurrences: readonly Occurrences[];
  /** The conditions, as they were read last. */
  readonly conditions: readonly Condition[];
  /** The conditions, as they were reported last. */
  readonly told: readonly Condition[];
  /** Since when something waits to be reported. */
  readonly waitingSince?: number;
  /** When the last notification was made. */
  readonly madeAt: number;
  /** The notification that the target has not taken yet. */
  readonly unsent?: {
    readonly notification: Notification;
    readonly attempts: number;
    readonly dueAt: number;
  };
}

/** One thing that has happened. */
export type Occurrence = Pick<Occurrences, 'kind' | 'route'> & { readonly callbackId: string };

/** The conditions at this moment. */
export interface Reading {
  readonly circuits: readonly Condition[];
  /** Missing if another server reports callbacks and merchants. */
  readonly shared?: readonly Condition[];
}

const maxIds = 10;

export const initialState: TellerState = {
  occurrences: [],
  conditions: [],
  told: [],
  madeAt: Number.NEGATIVE_INFINITY,
};

export function withOccurrence(state: TellerState, occurrence: Occurrence, now: number): TellerState {
  const { kind, route, callbackId } = occurrence;
  const isSame = (each: Occurrences) => each.kind === kind && each.route === route;
  const { count = 0, callbackIds = [] } = state.occurrences.find(isSame) ?? {};
  const counted: Occurrences = {
    kind,
    ...(route !== undefined && { route }),
    count: count + 1,
    callbackIds: callbackIds.length < maxIds ? [...callbackIds, callbackId] : callbackIds,
  };
  const occurrences = [...state.occurrences.filter((each) => !isSame(each)), counted];
  return waiting({ ...state, occurrences }, now);
}

/** Conditions that another server reports from now on are forgotten. They are not reported as ended. */
export function withReading(state: TellerState, { circuits, shared }: Reading, now: number): TellerState {
  const told = shared ? state.told : state.told.filter(({ kind }) => kind === 'open-circuit');
  return waiting({ ...state, conditions: [...circuits, ...(shared ?? [])], told }, now);
}

/** When an attempt is due; `undefined` if there is nothing to report. */
export function dueAt(state: TellerState, { gatherMs, intervalMs }: TellerLimits): number | undefined {
  if (state.unsent) return state.unsent.dueAt;
  if (state.waitingSince === undefined) return undefined;
  return Math.max(state.waitingSince + gatherMs, state.madeAt + intervalMs);
}

/**
 * Makes a notification of everything that waits, as soon as the target has taken the last notification.
 *
 * @param make - Makes a notification of its entries.
 */
export function withNotification(
  state: TellerState,
  make: (entries: readonly NotificationEntry[]) => Notification,
  now: number,
): TellerState {
  const { changes, told } = compareConditions(state.told, state.conditions);
  const entries = [...state.occurrences, ...changes];
  if (state.unsent || entries.length === 0) return state;
  const unsent = { notification: make(entries), attempts: 0, dueAt: now };
  const { conditions } = state;
  return { occurrences: [], conditions, told, madeAt: now, unsent };
}

/** The target has taken the notification. */
export function afterSuccess({ unsent: _, ...state }: TellerState): TellerState {
  return state;
}

/** The target gets the same notification again, however often it takes. */
export function afterFailure(
  { unsent, ...state }: TellerState,
  { delaysMs }: TellerLimits,
  now: number,
  random: number,
): TellerState {
  if (!unsent) return state;
  const attempts = unsent.attempts + 1;
  const delayMs = delayAfter(attempts, delaysMs, false, random) ?? 0;
  return { ...state, unsent: { ...unsent, attempts, dueAt: now + delayMs } };
}

/** Records since when something waits to be reported. A condition that has begun and ended meanwhile is not reported. */
function waiting({ waitingSince, ...state }: TellerState, now: number): TellerState {
  const { changes } = compareConditions(state.told, state.conditions);
  return state.occurrences.length + changes.length > 0
    ? { ...state, waitingSince: waitingSince ?? now }
    : state;
}
