export type { CallbackServer } from './callback-server.ts';
export type { CallbackServerEvent } from './callback-server-event.ts';
export type { CallbackServerOptions } from './callback-server-options.ts';
export { createCallbackServer } from './create-callback-server.ts';
export type { AttemptContext, CallbackHandler, ReceivedCallback } from './dispatch/callback-handler.ts';
export type { Refusal } from './door/answers.ts';
export type { FactorOptions } from './door/factor-options.ts';
export type { Sender } from './door/sender.ts';
export type { Retention } from './operate/retention.ts';
export type {
  Attempt,
  CallbackFilter,
  Delivery,
  DeliveryState,
  Held,
  KeptCallback,
  Receipt,
  Route,
  WholeCallback,
} from './store/callback-store.ts';
export type { MasterKey } from './store/seal/master-keys.ts';
export type { CallbackEvent } from './verdict/callback-event.ts';
export type { MerchantCallback, Verdict } from './verdict/judge.ts';
