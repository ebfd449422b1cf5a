import { setImmediate as nextTurn } from 'node:timers/promises';

/** Maximum number of items in one run. More items only make the run slower. */
const maxItems = 128;

/**
 * Lets calls share a run. Calls that arrive during a run form the next run. There is no timer: without a run, a call
 * waits only for the other calls of its turn of the event loop.
 *
 * @param run - Resolves to the results of the items, in their order. If it fails, all of its calls fail.
 * @param isOfOne - Whether an error is about a single item. Then each item has a run of its own.
 */
export function inBatches<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  isOfOne: (error: unknown) => boolean = () => false,
): (item: Item) => Promise<Result> {
  const waiting: Call<Item, Result>[] = [];
  let isRunning = false;

  const runOnce = async (calls: readonly Call<Item, Result>[]): Promise<void> => {
    try {
      const results = await run(calls.map(({ item }) => item));
      for (const [index, result] of results.entries()) calls[index]?.resolve(result);
    } catch (error) {
      if (calls.length > 1 && isOfOne(error)) for (const call of calls) await runOnce([call]);
      else for (const { reject } of calls) reject(error);
    }
  };
  const runAll = async () => {
    isRunning = true;
    while (waiting.length > 0) {
      await nextTurn();
      await runOnce(waiting.splice(0, maxItems));
    }
    isRunning = false;
  };
  return (item) => {
    const call = { item, ...Promise.withResolvers<Result>() };
    waiting.push(call);
    if (!isRunning) void runAll();
    return call.promise;
  };
}

/** An item that waits for its run. */
interface Call<Item, Result> extends PromiseWithResolvers<Result> {
  readonly item: Item;
}
