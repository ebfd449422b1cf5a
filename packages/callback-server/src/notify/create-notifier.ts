import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createPassScheduler } from '../dispatch/create-pass-scheduler.ts';
import { createTeller, type TellerOptions } from './create-teller.ts';
import { textOf } from './describe-entry.ts';
import type { Notification, NotificationEntry } from './notification.ts';
import type { NotificationTarget } from './notification-target.ts';
import type { Occurrence, Reading, TellerLimits } from './teller-state.ts';

interface NotifierOptions extends Pick<TellerOptions, 'onAttempt'> {
  readonly targets: readonly NotificationTarget[];
  /** Milliseconds between two notifications of a target, at least. */
  readonly intervalMs: number;
  /** The URL at which people look at callbacks. */
  readonly adminUrl: string | undefined;
  readonly onFault: (error: unknown) => void;
}

const maxGatherMs = 10_000;
const maxFirstDelayMs = 5000;

/** Notifies people of occurrences and conditions. The server never waits for a notification. */
export function createNotifier({ targets, intervalMs, adminUrl, onAttempt, onFault }: NotifierOptions) {
  const limits = limitsOf(intervalMs);
  const make = (entries: readonly NotificationEntry[]) => makeNotification(entries, adminUrl);
  const tellers = targets.map((target) => createTeller(target, { limits, make, onAttempt }));
  let read: (() => Promise<Reading>) | undefined;
  const readings = createPassScheduler(async () => {
    try {
      const reading = await read?.();
      if (reading) for (const teller of tellers) teller.read(reading);
    } catch (error) {
      onFault(error);
    }
    return limits.gatherMs;
  });
  return {
    occurred: (occurrence: Occurrence) => {
      for (const teller of tellers) teller.occurred(occurrence);
    },
    /** Begins to read the conditions, if there is a target. */
    start: (readConditions: () => Promise<Reading>) => {
      if (tellers.length === 0 || read) return;
      read = readConditions;
      readings.wake();
    },
    /** Stops reading the conditions. Occurrences are still reported. */
    stopReading: readings.stop,
    /** Sends what waits, within the time. */
    stop: async (graceMs: number) => {
      await Promise.all(tellers.map((teller) => teller.stop(graceMs)));
    },
  };
}

/** Makes a notification of this server. */
export function makeNotification(
  entries: readonly NotificationEntry[],
  adminUrl: string | undefined,
): Notification {
  return {
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    server: hostname(),
    ...(adminUrl !== undefined && { adminUrl }),
    text: textOf(entries),
    entries,
  };
}

/** All limits are shares of the interval. By default, gathering takes 10 s, and the delays grow from 5 s to 15 minutes. */
function limitsOf(intervalMs: number): TellerLimits {
  const firstDelayMs = Math.min(maxFirstDelayMs, intervalMs / 60);
  return {
    gatherMs: Math.min(maxGatherMs, intervalMs / 30),
    intervalMs,
    delaysMs: [1, 6, 24, 120, 180].map((times) => times * firstDelayMs),
  };
}
