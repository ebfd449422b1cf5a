import { confirmRoute } from '../../callback/confirmation.ts';
import { type ListTexts, withZone } from './list-query.ts';

/** The fields of a list that can limit a redelivery, each with the name that the field has in a redelivery. */
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
  // Open deliveries are tried already. A callback of an unknown event goes to no route. Confirmations are only released.
  const isNone = texts.state === 'open' || texts.event === 'unknown' || texts.route === confirmRoute;
  // A callback without a delivery to one route can have deliveries to others, and then the list does not show it.
  const isMore = texts.state === 'missing' && !texts.route;
  if (!isPossible || isNone || isMore) return undefined;
  const limits = given.map(([name, text]) => [fields[name] ?? name, withZone(name, text)] as const);
  return new URLSearchParams(Object.fromEntries(limits)).toString();
}
