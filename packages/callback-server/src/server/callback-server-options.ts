import type { FactorOptions } from '../access/factor-options.ts';
import type { ConfirmedEvents } from '../callback/confirmation.ts';
import type { RouteOrder } from '../callback/route-order.ts';
import type { Unconfirmed } from '../confirm/decide-confirmation.ts';
import type { Provider } from '../confirm/provider.ts';
import type { RouteOptions } from '../dispatch/queue-route.ts';
import type { InboxUser } from '../inbox/access/inbox-user.ts';
import type { ShownSetting } from '../inbox/records/shown-setting.ts';
import type { Retention } from '../maintenance/purge.ts';
import type { NotifyOptions } from '../notify/notify-options.ts';
import type { ReceiverOptions } from '../receiver/receiver-options.ts';
import type { StoreOptions } from '../store/engine/store-options.ts';
import type { CallbackServerEvent } from './callback-server-event.ts';

export interface CallbackServerOptions
  extends FactorOptions,
    Pick<ReceiverOptions, 'maxBodyBytes' | 'invalidCallbacks'>,
    Pick<StoreOptions, 'masterKeys'> {
  /**
   * The database: `sqlite:` and a path on a local disk, for one process per file; or a `postgres://` URL, for any number
   * of processes.
   * @default 'sqlite:./callbacks.db'
   */
  readonly databaseUrl?: string;

  /**
   * Port of the receiver. 0 takes any free port.
   * @default 4020
   */
  readonly port?: number;

  /**
   * Address that the receiver listens on.
   * @default '127.0.0.1'
   */
  readonly host?: string;

  /**
   * Maximum number of concurrent connections per port. Another connection replaces the oldest connection that never
   * presented valid credentials, or else the oldest idle connection.
   * @default 1000
   */
  readonly maxConnections?: number;

  /**
   * Milliseconds until an idle connection is closed. Choose more than the idle timeout of the proxies and load balancers
   * in front of the server, so that they close first.
   * @default 75_000
   */
  readonly keepAliveMs?: number;

  /**
   * Port of the admin API. 0 takes any free port.
   * @default 4021
   */
  readonly adminPort?: number;

  /**
   * Address that the admin API listens on. An address that other machines can reach requires `adminTokens`.
   * @default '127.0.0.1'
   */
  readonly adminHost?: string;

  /**
   * Tokens of the admin API, each of 16 characters or more. The operator sends one as `Authorization: Bearer`.
   * @default none: the admin API serves only this machine, and changes nothing
   */
  readonly adminTokens?: readonly string[];

  /**
   * URL at which people reach the admin port, such as the URL of a TLS proxy, without a path. The inbox refuses requests that
   * name another host. With `https`, its cookie is sent over TLS only. Notifications link to this URL.
   * @default the inbox serves only browsers at this machine
   */
  readonly adminUrl?: string;

  /**
   * Who may sign in to the inbox.
   * @default everybody who has one of `adminTokens`; without tokens, everybody at this machine
   */
  readonly inboxUsers?: readonly InboxUser[];

  /**
   * The settings that the inbox shows, without their secrets.
   * @default these options. Of an option that can be secret, the inbox shows only that it is set
   */
  readonly settings?: readonly ShownSetting[];

  /**
   * Who is notified when something needs a person: a delivery was given up, a callback is in the quarantine, a route fails,
   * no callback arrives, or merchants cannot be checked.
   * @default nobody
   */
  readonly notify?: NotifyOptions;

  /**
   * URL that callbacks with a usable id and status are posted to, with their exact bytes.
   * @default callbacks are not forwarded
   */
  readonly forwardUrl?: string;

  /**
   * Secret that signs forwarded callbacks, as Standard Webhooks defines: base64, with or without the prefix `whsec_`.
   * @default forwarded callbacks are unsigned
   */
  readonly forwardSecret?: string;

  /**
   * In which order `forwardUrl` gets the callbacks of one merchant. `latest` leaves out what a newer confirmed callback has
   * overtaken, and `none` has no order.
   * @default 'strict'
   */
  readonly forwardOrder?: RouteOrder;

  /**
   * In which order the handlers get the callbacks of one merchant, like `forwardOrder`.
   * @default 'strict'
   */
  readonly handlerOrder?: RouteOrder;

  /**
   * Further URLs that callbacks are forwarded to, and queues of NATS JetStream, RabbitMQ or Kafka that callbacks are
   * published to. Each has its own events, realms and limits.
   * @default none
   */
  readonly routes?: readonly RouteOptions[];

  /**
   * Creates a client that pulls merchants. Callbacks are unsigned, so the server compares them with the provider's own
   * data before it delivers them.
   * @default none: callbacks are delivered without a confirmation
   * @example
   * ```ts
   * provider: (fetch) =>
   *   createPartnerClient({ environment: 'preproduction', credentials, fetch, trustFetchErrors: true }),
   * ```
   */
  readonly provider?: Provider;

  /**
   * Callbacks that are delivered only once a pull agrees: each `accept`, all `decisions`, or `always`.
   * @default 'decisions' with a `provider`, and 'never' without
   */
  readonly confirm?: ConfirmedEvents;

  /**
   * Milliseconds that a callback and a pull may differ, because either can be stale. A callback that still differs goes
   * to the quarantine: it is forged or stale.
   * @default 900_000
   */
  readonly agreeMs?: number;

  /**
   * What becomes of callbacks while no pull succeeds. With `wait`, they wait for a pull. After `unconfirmedAfterMs`, the
   * server delivers them, marked as unconfirmed, with `deliver`, and puts them into the quarantine with `quarantine`.
   * @default 'wait'
   */
  readonly unconfirmed?: Unconfirmed;

  /**
   * Milliseconds without a successful pull after which `unconfirmed` applies.
   * @default 3_600_000
   */
  readonly unconfirmedAfterMs?: number;

  /**
   * Milliseconds to wait after each attempt at a confirmation that did not end the confirmation. The last delay repeats.
   * @default 15 s, growing to 3 minutes
   */
  readonly confirmDelaysMs?: readonly number[];

  /**
   * Maximum number of requests to the provider in a minute, including logins and retries.
   * @default 120
   */
  readonly pullsPerMinute?: number;

  /**
   * Milliseconds from the creation or the last callback of a merchant until the server pulls the merchant, in case a
   * callback was lost. Each further pull without news comes later by a quarter of the time since then. 0 turns this off.
   * @default 3_600_000 with a `provider`: pulls then show each decision, and the provider may have given up posting
   */
  readonly reconcileMs?: number;

  /**
   * Milliseconds of failed pulls after which a merchant is listed as unverifiable, for a person to look at.
   * @default 86_400_000
   */
  readonly unverifiableMs?: number;

  /**
   * Free bytes on the disk of a SQLite file below which no new callback is accepted. At most a twentieth of the disk is
   * reserved.
   * @default 268_435_456
   */
  readonly diskReserveBytes?: number;

  /** How long a purge keeps data. */
  readonly retention?: Retention;

  /**
   * Milliseconds to wait after each failed attempt at a delivery. After the last attempt the delivery is given up, and
   * stays listed.
   * @default 5 s, growing to a day: about three days in all
   */
  readonly deliveryDelaysMs?: readonly number[];

  /**
   * Maximum number of attempts at the same time, for each route.
   * @default 256
   */
  readonly concurrency?: number;

  /**
   * Milliseconds that a handler or the forward URL may take for one attempt.
   * @default 30_000
   */
  readonly attemptTimeoutMs?: number;

  /**
   * Milliseconds for which `stop` still receives callbacks while the server reports that it is not ready, so that load
   * balancers can move on.
   * @default 0
   */
  readonly drainMs?: number;

  /**
   * Milliseconds that `stop` then waits for requests and attempts in flight.
   * @default 10_000
   */
  readonly graceMs?: number;

  /**
   * Called with each event, for a log. Events contain no secret and no personal data. If the function throws or rejects,
   * `log_lines_dropped_total` counts the event.
   */
  readonly onEvent?: (event: CallbackServerEvent) => unknown;

  /**
   * Returns how many lines the log could not write, for `log_lines_dropped_total`.
   * @default only events that `onEvent` does not take are counted
   */
  readonly droppedLogLines?: () => number;

  /**
   * Called when the state on disk is unknown, for example after a failed flush.
   * @default ends the process with exit code 74, because only a restart can find out
   */
  readonly onFatal?: () => void;
}
