import type { CallbackServer } from '@partner-ecosystem/callback-server';

/** Writes each callback into your own table once, although the handler may be called several times. */
export function recordCallbacks(server: CallbackServer): void {
  server.on('pending', ({ id, payload }, { transaction }) => {
    const { id: merchantId } = payload.merchantData;
    transaction.run('INSERT INTO submissions (callback, merchant) VALUES (?, ?)', id, merchantId);
  });
}
