import type { OpenedStore } from '../../src/store/open-store.ts';

/** Every callback that an export writes. */
export async function exportedCallbacks(store: OpenedStore) {
  const callbacks = [];
  for await (const each of store.maintenance.callbacks()) callbacks.push(each);
  return callbacks;
}
