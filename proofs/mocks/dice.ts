import { createDerive } from '../../packages/mocks/src/core/seed/derive.ts';

/** Chance that a seed repeats. */
export interface Dice {
  /** A whole number from 0 to just under the limit. */
  readonly below: (limit: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Whether something happens that happens once in so many times. */
  readonly onceIn: (times: number) => boolean;
  /** A text that comes once. */
  readonly word: () => string;
}

export function createDice(seed: string): Dice {
  const derive = createDerive(seed);
  let draws = 0;
  const digits = () => derive(`${draws++}`);
  const below = (limit: number) => Number.parseInt(digits().slice(0, 12), 16) % limit;
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from.');
      return item;
    },
    onceIn: (times) => below(times) === 0,
    word: () => digits().slice(0, 10),
  };
}
