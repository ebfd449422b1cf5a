import type { Claim } from '../callback/delivery.ts';

/** An open connection to a broker. */
export interface QueueConnection {
  /**
   * Publishes a callback's exact bytes, and resolves when the broker has confirmed that it stores the message. Sends
   * nothing once the signal is aborted.
   *
   * @throws DeliveryRefusedError that says why the broker has not confirmed.
   */
  readonly publish: (
    callback: Pick<Claim, 'callbackId' | 'orderKey' | 'event' | 'verdict' | 'confirmation' | 'body'>,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Resolves when the connection is closed or lost. */
  readonly closed: Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** Opens a connection within the given milliseconds. */
export type OpenQueue = (timeoutMs: number) => Promise<QueueConnection>;

/** Headers of every message. */
export function messageHeaders({
  event,
  verdict,
  confirmation,
}: Pick<Claim, 'event' | 'verdict' | 'confirmation'>) {
  return {
    'Callback-Event': event,
    'Callback-Verdict': verdict,
    ...(confirmation && { 'Callback-Confirmation': confirmation }),
  };
}
