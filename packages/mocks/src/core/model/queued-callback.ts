import type { components } from '@partner-ecosystem/openapi/schema';
import type { Event } from './case-status.ts';

/** A callback that the provider posts, and how that went. */
export interface QueuedCallback {
  readonly id: string;
  readonly event: Event;
  readonly merchantId: string;
  /** Where it is posted to. May hold a secret of the partner's. */
  readonly url: string;
  readonly payload: components['schemas']['MerchantCallback'];
  /** `failed`: the last attempt failed too, and there will be no other. `dropped`: a fault has swallowed it. */
  readonly status: 'waiting' | 'delivered' | 'failed' | 'dropped';
  /** When the next attempt is due, in epoch milliseconds, while it is waiting. */
  readonly dueAt?: number;
  /** Among callbacks that are due at the same time, the lower one goes first. */
  readonly turn: number;
  readonly attempts: readonly Attempt[];
  /** What the faults that struck it are called. */
  readonly faults: readonly string[];
  /** The callback that it repeats. */
  readonly copyOf?: string;
  /** Whether it waits for the next callback of its merchant to go first. */
  readonly heldBack?: true;
  /** What is sent in the place of the payload. */
  readonly text?: string;
  /** Sent as a GET without a body. */
  readonly redirected?: true;
}

/** One try to post a callback, which succeeds with a 2xx. */
export interface Attempt {
  /** When it ended, in epoch milliseconds. */
  readonly at: number;
  /** The status of the response, if one came. */
  readonly status?: number;
  /** Why no response came. */
  readonly problem?: string;
}
