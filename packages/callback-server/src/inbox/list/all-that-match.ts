import { confirmRoute } from '../../callback/confirmation.ts';
import { type ListTexts, withZone } from './list-query.ts';

/** The field of a redelivery for each field of a list that it can be limited to. */
const fields: Readonly<Record<string, string>> = {
  merchantId: 'merchantId',
  event: 'event',
  route: 'route',
  state: 'state',
  receivedFrom: 'since',
  receivedUntil: 'until',
};

/**
 * The query of the redelivery of all callbacks that a list matches; `undefined` if a redelivery cannot be limited to the same
 * callbacks, or if the list is not limited at all.
 */
export function redeliveryQueryOf({ before: _, ...texts }: ListTexts): string | undefined {
  const given = Object.entries(texts);
  const isPossible = given.length > 0 && given.every(([name]) => Object.hasOwn(fields, name));
  // What is open is tried already. A callback without an event reaches no route, and confirmations are only released.
  const isNone = texts.state === 'open' || texts.event === 'unknown' || texts.route === confirmRoute;
  // A callback without a delivery to one route can have deliveries to others, and then the list does not show it.
  const isMore = texts.state === 'missing' && !texts.route;
  if (!isPossible || isNone || isMore) return undefined;
  const limits = given.map(([name, text]) => [fields[name] ?? name, withZone(name, text)] as const);
  return new URLSearchParams(Object.fromEntries(limits)).toString();
}
