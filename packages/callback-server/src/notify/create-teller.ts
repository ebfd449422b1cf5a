import { createPassScheduler } from '../dispatch/create-pass-scheduler.ts';
import { failureCause } from '../dispatch/failure-cause.ts';
import { waitUpTo, withTimeout } from '../time/with-timeout.ts';
import type { Notification, NotificationEntry } from './notification.ts';
import type { NotificationTarget } from './notification-target.ts';
import {
  afterFailure,
  afterSuccess,
  dueAt,
  initialState,
  type Occurrence,
  type Reading,
  type TellerLimits,
  type TellerState,
  withNotification,
  withOccurrence,
  withReading,
} from './teller-state.ts';

export interface TellerOptions {
  readonly limits: TellerLimits;
  readonly make: (entries: readonly NotificationEntry[]) => Notification;
  readonly onAttempt: (target: NotificationTarget['name'], outcome: string) => void;
}

const attemptTimeoutMs = 10_000;

/** Sends notifications to one target. Targets share nothing: a target that hangs or fails delays no other. */
export function createTeller(target: NotificationTarget, { limits, make, onAttempt }: TellerOptions) {
  let state = initialState;
  const update = (next: TellerState) => {
    state = next;
    passes.wake();
  };
  /** Resolves to `false` if the target has not taken the notification. */
  const attempt = async (timeoutMs: number): Promise<boolean> => {
    state = withNotification(state, make, performance.now());
    if (!state.unsent) return true;
    const outcome = await send(target, state.unsent.notification, timeoutMs);
    const isSent = outcome === 'sent';
    state = isSent ? afterSuccess(state) : afterFailure(state, limits, performance.now(), Math.random());
    onAttempt(target.name, outcome);
    return isSent;
  };
  const msUntilDue = () => {
    const at = dueAt(state, limits);
    return at === undefined ? undefined : Math.max(0, at - performance.now());
  };
  const passes = createPassScheduler(async () => {
    if (msUntilDue() === 0) await attempt(attemptTimeoutMs);
    return msUntilDue();
  });
  return {
    occurred: (occurrence: Occurrence) => update(withOccurrence(state, occurrence, performance.now())),
    read: (reading: Reading) => update(withReading(state, reading, performance.now())),
    /** Waits for the running attempt, and sends what waits, within the time. */
    stop: async (graceMs: number): Promise<void> => {
      const endsAt = performance.now() + graceMs;
      const restMs = () => endsAt - performance.now();
      await waitUpTo(graceMs, passes.stop());
      let isTaken = true;
      while (isTaken && restMs() > 0 && dueAt(state, limits) !== undefined)
        isTaken = await attempt(Math.min(restMs(), attemptTimeoutMs));
    },
  };
}

/** Makes an attempt. Resolves to `sent` or to the reason of the failure. */
async function send(
  target: NotificationTarget,
  notification: Notification,
  timeoutMs: number,
): Promise<string> {
  const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    await withTimeout(target.send(notification, signal), timeoutMs);
    return 'sent';
  } catch (error) {
    return failureCause(error);
  }
}
