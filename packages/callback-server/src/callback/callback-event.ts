import { type EventName, eventNames, statusWords } from '@partner-ecosystem/openapi/operations';

/** Events of the GO platform that the contract does not name. Their payload is the same. */
const platformEvents = ['draft', 'dropoff', 'new'] as const;

/** The kind of a callback. */
export type CallbackEvent = EventName | (typeof platformEvents)[number];

/** Every event that the receiver accepts. */
export const callbackEvents: readonly CallbackEvent[] = [...eventNames, ...platformEvents];

export function isCallbackEvent(word: string): word is CallbackEvent {
  return callbackEvents.some((event) => event === word);
}

/** The words of each event. A platform event that is no status of the contract has its own name only. */
const wordsOfEvents: { readonly [event: string]: readonly string[] | undefined } = statusWords;

/** The event that a status names. The platform varies statuses in case and tense: `accept`, `Accepted`. */
export function eventOfStatus(status: string): CallbackEvent | undefined {
  const given = status.trim().toLowerCase();
  return callbackEvents.find((event) =>
    (wordsOfEvents[event] ?? [event]).some((word) => word.toLowerCase() === given),
  );
}
