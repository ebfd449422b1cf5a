import type { CallbackEvent } from './callback-event.ts';

/** Name of the route that confirms callbacks, before their other routes get them. */
export const confirmRoute = 'confirm';

export const confirmationStates = [
  'confirmed',
  'unconfirmed',
  'quarantined',
  'released',
  'recovered',
] as const;

/** What the comparison of a callback with the provider's own data has found. */
export type ConfirmationState =
  /** A pull agrees. */
  | 'confirmed'
  /** No pull succeeded in time, and the settings say to deliver the callback anyway. */
  | 'unconfirmed'
  /** No pull agrees: the callback is forged or stale. No route gets it. */
  | 'quarantined'
  /** An operator has released the callback from the quarantine. */
  | 'released'
  /** The callback never arrived: the server has made it from a pulled document. */
  | 'recovered';

/** How the confirmation of a callback ended. */
export interface Confirmation {
  /** Missing if the callback needs no confirmation, and only waited behind earlier callbacks. */
  readonly state?: ConfirmationState;
  /** The pulled document, as JSON. Missing if no pull succeeded. */
  readonly pulled?: Uint8Array;
  /** Names of the routes that the callback is delivered to from now on. */
  readonly routes: readonly string[];
}

/** Which callbacks are confirmed before they are delivered. */
export type ConfirmedEvents =
  /** None. */
  | 'never'
  /** Each accept. */
  | 'accept'
  /** Each accept and each reject. */
  | 'decisions'
  /** Each callback. */
  | 'always';

export const confirmedEvents: readonly ConfirmedEvents[] = ['never', 'accept', 'decisions', 'always'];

/** The way of a new callback to its routes. */
export type Passage =
  /** To its routes at once. */
  | 'direct'
  /** Behind earlier callbacks of its merchant that are being confirmed, or else to its routes at once. */
  | 'in-order'
  /** Through the confirmation. */
  | 'confirm';

const passages: Readonly<Record<ConfirmedEvents, (event: CallbackEvent) => Passage>> = {
  never: () => 'direct',
  accept: (event) => (event === 'accept' ? 'confirm' : 'in-order'),
  decisions: (event) => (event === 'accept' || event === 'reject' ? 'confirm' : 'in-order'),
  always: () => 'confirm',
};

/** The way of an event to its routes. */
export function passageOf(confirmed: ConfirmedEvents, event: CallbackEvent): Passage {
  return passages[confirmed](event);
}
