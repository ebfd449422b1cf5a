import type { CallbackEvent } from '../callback/callback-event.ts';
import type { RouteOrder } from '../callback/route-order.ts';

/** A URL that callbacks are forwarded to. */
export interface ForwardRoute {
  /**
   * Name of the route: letters, digits, `-` and `_`. The name is stored with each delivery, so open deliveries belong to
   * the route that has this name now.
   */
  readonly name: string;

  /** URL that callbacks are posted to, with their exact bytes. */
  readonly url: string;

  /**
   * Events that the route takes.
   * @default every event
   */
  readonly events?: readonly CallbackEvent[];

  /**
   * Ids of the realms that the route takes. With `realms`, the route takes only callbacks whose `realmId` is listed.
   * @default every realm
   */
  readonly realms?: readonly string[];

  /**
   * Secrets that sign each request, as Standard Webhooks defines: base64, with or without the prefix `whsec_`. With two
   * secrets each request has two signatures, so your system can move from one secret to the other.
   * @default requests are unsigned
   */
  readonly secrets?: readonly string[];

  /**
   * Further headers of each request.
   * @default none
   */
  readonly headers?: Readonly<Record<string, string>>;

  /**
   * In which order the route gets the callbacks of one merchant. `latest` leaves out what a newer confirmed callback has
   * overtaken, and `none` has no order.
   * @default 'strict'
   */
  readonly order?: RouteOrder;

  /**
   * Milliseconds that one attempt may take.
   * @default the server's `attemptTimeoutMs`
   */
  readonly timeoutMs?: number;

  /**
   * Maximum number of attempts at the same time.
   * @default the server's `concurrency`
   */
  readonly concurrency?: number;
}
