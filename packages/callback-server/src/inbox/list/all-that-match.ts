import type { ListTexts } from './list-query.ts';

/** The field of a redelivery for each field of a list that it can be limited to. */
const fields = {
  merchantId: 'merchantId',
  event: 'event',
  route: 'route',
  state: 'state',
  from: 'since',
  until: 'until',
} as const;

/** States whose deliveries a redelivery opens. */
const states: readonly (string | undefined)[] = ['dead', 'missing', undefined];

/**
 * The address of the redelivery of all callbacks that a list matches; `undefined` if a redelivery cannot be limited to the
 * same callbacks, or if the list is not limited at all.
 */
export function redeliveryQueryOf({ before: _, ...texts }: ListTexts): string | undefined {
  const given = Object.entries(texts);
  const isPossible = given.length > 0 && given.every(([name]) => Object.hasOwn(fields, name));
  if (!isPossible || !states.includes(texts.state) || texts.event === 'unknown') return undefined;
  return `?${new URLSearchParams(
    given.map(([name, text]) => {
      const field = fields[name as keyof typeof fields];
      return [field, field === 'since' || field === 'until' ? `${text}Z` : text];
    }),
  )}`;
}
