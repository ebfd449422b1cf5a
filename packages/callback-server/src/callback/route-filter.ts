import type { CallbackEvent } from './callback-event.ts';

/** Which callbacks a route takes. */
export interface RouteFilter {
  readonly takesEvent: (event: CallbackEvent) => boolean;
  /**
   * Ids of the realms that the route takes.
   * @default every realm
   */
  readonly realms?: readonly string[];
}

/** What decides which routes take a callback. */
export interface RoutedCallback {
  readonly event: CallbackEvent;
  readonly realmId?: string | undefined;
}

/** Whether a route takes a callback. A route that names realms takes only callbacks of these realms. */
export function isTakenBy({ takesEvent, realms }: RouteFilter, { event, realmId }: RoutedCallback): boolean {
  return takesEvent(event) && (realms?.some((realm) => realm === realmId) ?? true);
}
