import { createReceiver, type IncomingCallback } from '@partner-ecosystem/callback-server/receiver';

/** Your store. Resolve `insert` only when the callback is stored: the receiver then responds with 200. */
interface YourStore {
  insert(callback: IncomingCallback): Promise<{ id: string; isNew: boolean }>;
  check(): Promise<void>;
}

/** Creates a `fetch` handler that keeps callbacks in your own store. */
export function createOwnReceiver(token: string, store: YourStore) {
  return createReceiver({
    callbackTokens: [token],
    store: { keep: (callback) => store.insert(callback), probe: () => store.check() },
    // Only your runtime knows the sender's address. The receiver checks allowedAddresses, and stores the address.
    connectedFrom: (request) => request.headers.get('cf-connecting-ip') ?? undefined,
  });
}
