import type { RedeliveryState } from '../../store/redeliver.ts';

/** What became of the deliveries that a redelivery opens. */
const words: { readonly [State in RedeliveryState]: string } = {
  dead: 'given up',
  missing: 'never made, because the route came later',
  taken: 'taken already',
  overtaken: 'not made, because another callback said as much or more',
};

// `Object.entries` widens the states to `string`.
export const redeliveryWords = Object.entries(words) as readonly [RedeliveryState, string][];
