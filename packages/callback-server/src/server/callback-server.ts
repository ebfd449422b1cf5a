import type { Hono } from 'hono';
import type { CallbackEvent } from '../callback/callback-event.ts';
import type { CallbackFilter, KeptCallback, WholeCallback } from '../callback/kept-callback.ts';
import type { CallbackHandler } from '../dispatch/callback-handler.ts';

/** A receiver of callbacks, and what it keeps. */
export interface CallbackServer {
  /** The receiving part, to mount in a server of your own in place of `start`'s. */
  readonly app: Hono;

  /**
   * Has a handler take the callbacks of an event, from those on that arrive after this. One handler an event.
   *
   * @throws Error for an event that has a handler.
   */
  on(event: CallbackEvent, handler: CallbackHandler): void;

  readonly callbacks: {
    /** What is kept, newest first. */
    list(filter?: CallbackFilter): Promise<KeptCallback[]>;
    /** One callback, with its exact bytes. They hold people's data. */
    get(id: string): Promise<WholeCallback | undefined>;
  };

  /** What is counted and measured, as Prometheus reads it. */
  metrics(): Promise<string>;

  /**
   * Listens, and begins to hand on what is due, also from before.
   *
   * @throws Error where a port is taken. The server has then stopped.
   */
  start(): Promise<{ url: string; adminUrl: string }>;

  /**
   * Hands on what is due, without listening: for who mounts `app` in a server of his own.
   */
  dispatch(): void;

  /** Turns senders away, ends what is in flight within the grace, and closes the database. */
  stop(): Promise<void>;
}
