import { createDerive } from '../../../packages/mocks/src/core/seed/derive.ts';

/** Random choices that a seed repeats. */
export interface Random {
  /** A whole number from 0 (included) to `limit` (excluded). */
  readonly below: (limit: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** Returns `true` once in `times` calls on average. */
  readonly oneIn: (times: number) => boolean;
  /** Ten hexadecimal digits, different at each call. */
  readonly word: () => string;
}

export function createRandom(seed: string): Random {
  const derive = createDerive(seed);
  let calls = 0;
  const digits = () => derive(`${calls++}`);
  const below = (limit: number) => Number.parseInt(digits().slice(0, 12), 16) % limit;
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('Cannot pick from an empty list.');
      return item;
    },
    oneIn: (times) => below(times) === 0,
    word: () => digits().slice(0, 10),
  };
}
