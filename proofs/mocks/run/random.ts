import { createDerive } from '../../../packages/mocks/src/core/seed/derive.ts';

/** Random choices that a seed repeats. */
export type Random = ReturnType<typeof createRandom>;

export function createRandom(seed: string) {
  const derive = createDerive(seed);
  let calls = 0;
  const digits = () => derive(`${calls++}`);
  /** A whole number from 0 (included) to `limit` (excluded). */
  const below = (limit: number) => Number.parseInt(digits().slice(0, 12), 16) % limit;
  return {
    below,
    pick: <Item>(items: readonly Item[]): Item => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('Cannot pick from an empty list.');
      return item;
    },
    /** Returns `true` once in `times` calls on average. */
    oneIn: (times: number) => below(times) === 0,
    /** Ten hexadecimal digits, different at each call. */
    word: () => digits().slice(0, 10),
  };
}
