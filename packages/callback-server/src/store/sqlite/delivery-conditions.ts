import type { FilteredState } from '../../callback/kept-callback.ts';

/** Each state has its index. */
function hasDelivery(state: 'open' | 'dead' | 'overtaken'): string {
  return `sequence IN (SELECT callback_sequence FROM deliveries WHERE state = '${state}' AND route = $route)`;
}

/** The condition that the delivery of a callback to a route has a state. */
export const deliveryConditions: Readonly<Record<FilteredState, string>> = {
  open: hasDelivery('open'),
  dead: hasDelivery('dead'),
  overtaken: hasDelivery('overtaken'),
  missing: 'NOT EXISTS (SELECT 1 FROM deliveries WHERE callback_sequence = sequence AND route = $route)',
};
