import { createReceiver, type IncomingCallback } from '@partner-ecosystem/callback-server/receiver';

/** What your store does. Resolve `insert` only when the callback is safe: a 200 follows. */
interface YourStore {
  insert(callback: IncomingCallback): Promise<{ id: string; isNew: boolean }>;
  check(): Promise<void>;
}

/** Creates a `fetch` handler that keeps callbacks in your own store. */
export function createOwnReceiver(token: string, store: YourStore) {
  return createReceiver({
    callbackTokens: [token],
    store: { keep: (callback) => store.insert(callback), probe: () => store.check() },
    // Only your runtime knows the sender's address. It is used for allowedAddresses, and stored with each receipt.
    connectedFrom: (request) => request.headers.get('cf-connecting-ip') ?? undefined,
  });
}
