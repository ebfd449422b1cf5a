/**
 * An LRU cache of promises.
 *
 * @param maxEntries - A further entry evicts the least recently used entry.
 */
export function createLruCache<Value>(maxEntries: number, load: (name: string) => Promise<Value>) {
  const entries = new Map<string, Promise<Value>>();
  const loadEntry = (name: string) => {
    const value = load(name);
    // A failed load is not cached.
    value.catch(() => entries.delete(name));
    return value;
  };
  return {
    get: (name: string) => {
      const value = entries.get(name) ?? loadEntry(name);
      entries.delete(name);
      entries.set(name, value);
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value ?? '');
      return value;
    },
    delete: (name: string) => void entries.delete(name),
  };
}
