import { callbackOf } from './callback-of.ts';
import { type Effect, effectsOf } from './effect.ts';
import type { StoredDelivery } from './model-store.ts';

/**
 * Describes the merchants whose effects are not exactly those of the callbacks that the handler took: each once, whole, and
 * in the order of the callbacks. A callback that was given up has no effects.
 */
export function compareEffects(deliveries: readonly StoredDelivery[], effects: readonly Effect[]): string[] {
  const taken = deliveries
    .filter(({ route, state }) => route === 'handler' && state === 'taken')
    .map(({ body }) => callbackOf(body))
    .sort((one, other) => one.number - other.number);
  const expected = textsByMerchant(taken.flatMap(effectsOf));
  const found = textsByMerchant(effects);
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((merchant) => found.get(merchant) !== expected.get(merchant))
    .map((merchant) => `${merchant}: ${found.get(merchant)} instead of ${expected.get(merchant)}`);
}

/** The effects of each merchant, in the given order. */
function textsByMerchant(effects: readonly Effect[]): ReadonlyMap<string, string> {
  const texts = Map.groupBy(effects, ({ merchant }) => merchant);
  return new Map(
    [...texts].map(([merchant, own]) => [
      merchant,
      own.map(({ number, part }) => `${number} ${part}`).join(', '),
    ]),
  );
}
