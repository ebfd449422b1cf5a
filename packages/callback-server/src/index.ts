// The server and its options.

export type { FactorOptions } from './access/factor-options.ts';
export type { InboxUser } from './inbox/access/inbox-user.ts';
export type { Role } from './inbox/access/visitor.ts';
export type { ShownSetting } from './inbox/records/shown-setting.ts';
export type { Retention } from './maintenance/purge.ts';
export type { Refusal } from './receiver/refusal.ts';
export type { CallbackServer } from './server/callback-server.ts';
export type { CallbackServerEvent } from './server/callback-server-event.ts';
export type { CallbackServerOptions } from './server/callback-server-options.ts';
export { createCallbackServer } from './server/create-callback-server.ts';
export type { MasterKey } from './store/engine/store-options.ts';

// Callbacks, as handlers and lists return them.

export type { CallbackEvent } from './callback/callback-event.ts';
export type { ConfirmationState, ConfirmedEvents } from './callback/confirmation.ts';
export type { Attempt, Delivery, DeliveryState } from './callback/delivery.ts';
export type {
  BodyState,
  CallbackFilter,
  KeptCallback,
  Receipt,
  WholeCallback,
} from './callback/kept-callback.ts';
export type { PulledDocument } from './callback/pulled-document.ts';
export type { RouteOrder } from './callback/route-order.ts';
export type { Sender } from './callback/sender.ts';
export type { MerchantCallback } from './callback/validate-callback.ts';
export type { Verdict } from './callback/verdict.ts';
export type { Unconfirmed } from './confirm/decide-confirmation.ts';
export type { Provider } from './confirm/provider.ts';
export type { AttemptContext, CallbackHandler, ReceivedCallback } from './dispatch/callback-handler.ts';
export type { ForwardRoute } from './dispatch/forward-route.ts';
export type { HandlerTransaction } from './dispatch/handler-transaction.ts';
export type { AmqpRoute, KafkaRoute, NatsRoute, RouteOptions } from './dispatch/queue-route.ts';
export type { ExpectedMerchant } from './merchant/expected-merchant.ts';
export type { EmailOptions } from './notify/email-options.ts';
export type {
  Condition,
  ConditionChange,
  Notification,
  NotificationEntry,
  Occurrences,
} from './notify/notification.ts';
export type { NotifyOptions } from './notify/notify-options.ts';
export type { MerchantCounts } from './store/engine/merchant-rows.ts';
export type { GivingUp } from './store/give-up.ts';
export type { KnownMerchant, MerchantFilter } from './store/merchants.ts';
export type { Redelivery, RedeliveryCounts, RedeliveryState } from './store/redeliver.ts';
export type { Release } from './store/release.ts';
