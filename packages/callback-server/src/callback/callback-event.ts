import { webhooks } from '@partner-ecosystem/openapi/validators';

/** The partner's events are the contract's; the neighbouring GO platform posts three more, with the same payload. */
const neighbours = ['draft', 'dropoff', 'new'] as const;

/** What a callback tells of. */
export type CallbackEvent = keyof typeof webhooks | (typeof neighbours)[number];

/** Every event that is received. */
export const callbackEvents: readonly CallbackEvent[] = [
  ...(Object.keys(webhooks) as (keyof typeof webhooks)[]),
  ...neighbours,
];

export function isCallbackEvent(word: string): word is CallbackEvent {
  return callbackEvents.some((event) => event === word);
}

/** The event that a status word stands for. The platform varies words in case and tense: `accept`, `Accepted`. */
export function eventOfStatus(status: string): CallbackEvent | undefined {
  const word = status.toLowerCase();
  return callbackEvents.find((event) => word === event || word === `${event}ed`);
}

/** The contract's validators for an event. */
export function validatorsOf(event: CallbackEvent): (typeof webhooks)[keyof typeof webhooks] {
  return event in webhooks ? webhooks[event as keyof typeof webhooks] : webhooks.pending;
}
