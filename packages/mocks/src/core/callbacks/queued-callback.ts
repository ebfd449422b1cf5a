import type { components } from '@partner-ecosystem/openapi/schema';
import type { Event } from '../state.ts';

/** A callback that the provider posts, and how that went. */
export interface QueuedCallback {
  readonly id: string;
  readonly event: Event;
  readonly merchantId: string;
  /** Where it is posted to. May hold a secret of the partner's. */
  readonly url: string;
  readonly payload: components['schemas']['MerchantCallback'];
  /** `failed`: the last attempt failed too, and there will be no other. */
  readonly status: 'waiting' | 'delivered' | 'failed';
  /** When the next attempt is due, in epoch milliseconds, while it is waiting. */
  readonly dueAt?: number;
  readonly attempts: readonly Attempt[];
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
