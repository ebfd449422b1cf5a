export type { Refusal } from './door/answers.ts';
export { type Condition, createReceiver, type ReceiverOptions } from './door/create-receiver.ts';
export type { FactorOptions } from './door/factor-options.ts';
export type { ReadBody } from './door/read-body.ts';
export type { Sender } from './door/sender.ts';
export type { IncomingCallback, Route } from './store/callback-store.ts';
export { StoreBusyError } from './store/store-busy-error.ts';
export type { CallbackEvent } from './verdict/callback-event.ts';
export type { Verdict } from './verdict/judge.ts';
