import type { components } from '@partner-ecosystem/openapi/schema';
import type { Event } from './case-status.ts';

/** `failed`: the last attempt failed, and no other follows. `dropped`: a fault discarded the callback. */
export const callbackStatuses = ['waiting', 'delivered', 'failed', 'dropped'] as const;

/** A callback that the provider posts, with its attempts so far. */
export interface QueuedCallback {
  readonly id: string;
  readonly event: Event;
  readonly merchantId: string;
  /** The URL to post to. It can hold a secret of the partner. */
  readonly url: string;
  readonly payload: components['schemas']['MerchantCallback'];
  readonly status: (typeof callbackStatuses)[number];
  /** While the callback is waiting: when the next attempt is due, in epoch milliseconds. */
  readonly dueAt?: number;
  /** The order among callbacks that are due at the same time: the lowest number goes first. */
  readonly turn: number;
  readonly attempts: readonly Attempt[];
  /** The kinds of the faults that struck the callback. */
  readonly faults: readonly string[];
  /** The id of the callback that this callback duplicates. */
  readonly copyOf?: string;
  /** Whether the callback waits until the next callback of its merchant was posted. */
  readonly heldBack?: true;
  /** The text to send instead of the payload. */
  readonly text?: string;
  /** Whether to send a GET without a body. */
  readonly redirected?: true;
}

/** One try to post a callback, which succeeds with a 2xx. */
export interface Attempt {
  /** When the attempt ended, in epoch milliseconds. */
  readonly at: number;
  /** When the attempt began, in epoch milliseconds. */
  readonly startedAt?: number;
  /** The status of the response, if a response came. */
  readonly status?: number;
  /** Why no response came. */
  readonly problem?: string;
}
