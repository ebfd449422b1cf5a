import type { ConfirmationState } from '../callback/confirmation.ts';
import type { Settlement } from '../callback/delivery.ts';
import type { Verdict } from '../callback/verdict.ts';
import type { NotificationTarget } from '../notify/notification-target.ts';
import type { Refusal } from '../receiver/refusal.ts';
import type { StoreNotice } from '../store/engine/store-options.ts';
import type { ClosedConnection } from './connections.ts';

/** Something to log. Contains no secret and no personal data. */
export type CallbackServerEvent =
  /** A callback was stored. `isNew` is false for a repeat. */
  | {
      readonly type: 'kept';
      readonly callbackId: string;
      readonly event: string;
      readonly verdict: Verdict;
      readonly isNew: boolean;
    }
  /** A callback was declined. `reasons` has every failed factor, or the single other reason. */
  | { readonly type: 'refused'; readonly reasons: readonly Refusal[]; readonly status: number }
  /** An attempt at a delivery ended. */
  | ({
      readonly type: 'attempt';
      readonly callbackId: string;
      readonly route: string;
      readonly attempt: number;
    } & Settlement)
  /** The confirmation of a callback has ended. */
  | { readonly type: 'confirmation'; readonly callbackId: string; readonly state: ConfirmationState }
  /** A callback that did not arrive was made from a pulled document. */
  | { readonly type: 'recovered'; readonly callbackId: string; readonly event: string }
  /** An attempt at sending a notification ended. `outcome` is `sent`, or the reason of the failure. */
  | {
      readonly type: 'notification';
      readonly target: NotificationTarget['name'];
      readonly outcome: string;
    }
  /** There were too many connections, and one was closed. */
  | { readonly type: 'too-many-connections'; readonly closed: ClosedConnection }
  /** The wall clock jumped against the monotonic clock. */
  | { readonly type: 'clock-jump'; readonly milliseconds: number }
  /** At the start: the store waits for a migration, other master keys are in use too, or deliveries wait for a route. */
  | ({ readonly type: 'store-notice' } & StoreNotice)
  /** An internal error. If it happened while a callback arrived, the provider got a 503. */
  | { readonly type: 'fault'; readonly name: string; readonly code?: string }
  /** The state on disk is unknown. End the process: only a restart can find out. */
  | { readonly type: 'fatal'; readonly name: string; readonly code?: string };
