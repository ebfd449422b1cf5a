import type { Notification } from './notification.ts';

export const targetNames = ['webhook', 'email', 'function'] as const;

/** Something that takes notifications. */
export interface NotificationTarget {
  readonly name: (typeof targetNames)[number];
  /** Rejects if the target does not take the notification. When the signal aborts, the attempt is over. */
  readonly send: (notification: Notification, signal: AbortSignal) => Promise<void>;
}
