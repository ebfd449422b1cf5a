/** Values that are looked up, and held for the next time. */
export interface LruCache<Value> {
  get(name: string): Promise<Value>;
  drop(name: string): void;
}

/** @param maxEntries - How many are held. Beyond that the one goes that was asked for longest ago. */
export function createLruCache<Value>(
  maxEntries: number,
  load: (name: string) => Promise<Value>,
): LruCache<Value> {
  const held = new Map<string, Promise<Value>>();
  const loaded = (name: string) => {
    const value = load(name);
    // What could not be looked up is tried anew.
    value.catch(() => held.delete(name));
    return value;
  };
  return {
    get: (name) => {
      const value = held.get(name) ?? loaded(name);
      held.delete(name);
      held.set(name, value);
      if (held.size > maxEntries) held.delete(held.keys().next().value ?? '');
      return value;
    },
    drop: (name) => void held.delete(name),
  };
}
