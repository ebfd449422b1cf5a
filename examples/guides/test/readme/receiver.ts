import type { IncomingCallback } from '@partner-ecosystem/callback-server/receiver';

export const token = 'not-a-real-callback-token';
export const kept: IncomingCallback[] = [];
const yourStore = {
  insert: async (callback: IncomingCallback) => {
    kept.push(callback);
    return { id: callback.bodySha256, isNew: true };
  },
  check: async () => {},
};

// #region receiver
import { createReceiver } from '@partner-ecosystem/callback-server/receiver';

export default createReceiver({
  callbackTokens: [token],
  // Resolve `keep` only when the callback is safe: a 200 follows.
  store: { keep: (callback) => yourStore.insert(callback), probe: () => yourStore.check() },
  // Only your runtime knows the sender's address. It is used for allowedAddresses, and stored with each receipt.
  connectedFrom: (request) => request.headers.get('cf-connecting-ip') ?? undefined,
});
// #endregion receiver
