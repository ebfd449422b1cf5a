/** Keeps the newest items, up to a number of items and a number of bytes. The list keeps at least the newest item. */
export function createRecentList<Item>({
  maxItems,
  maxBytes,
}: {
  readonly maxItems: number;
  readonly maxBytes: number;
}) {
  let items: { readonly item: Item; readonly bytes: number }[] = [];
  /**
   * Items before this index are dropped. The dropped items leave the list together, because moving the other items
   * takes time.
   */
  let start = 0;
  let bytes = 0;
  let count = 0;

  const isOver = () => items.length - start > maxItems || (bytes > maxBytes && items.length - start > 1);

  return {
    add: (item: Item, itemBytes: number): void => {
      items.push({ item, bytes: itemBytes });
      count++;
      bytes += itemBytes;
      for (; isOver(); start++) bytes -= items[start]?.bytes ?? 0;
      if (start < maxItems && start * 2 < items.length) return;
      items = items.slice(start);
      start = 0;
    },
    items: (): Item[] => items.slice(start).map(({ item }) => item),
    /** Returns how many items were added and are not kept. */
    dropped: (): number => count - (items.length - start),
    clear: (): void => {
      items = [];
      [start, bytes, count] = [0, 0, 0];
    },
  };
}
