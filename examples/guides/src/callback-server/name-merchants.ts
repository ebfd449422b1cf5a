import type { CallbackServer } from '@partner-ecosystem/callback-server';
import {
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
} from '@partner-ecosystem/client';

// #region in-process
/** Creates a client whose merchants the callback server of this process knows. */
export function createNamingClient(options: PartnerClientOptions, server: CallbackServer): PartnerClient {
  return createPartnerClient({
    ...options,
    onMerchantCreated: (merchant) => server.merchants.expect([merchant]),
  });
}
// #endregion in-process

// #region admin-api
/** Creates a client that names its merchants to the admin API of a callback server elsewhere. */
export function createRemoteNamingClient(
  options: PartnerClientOptions,
  adminUrl: string,
  adminToken: string,
): PartnerClient {
  return createPartnerClient({
    ...options,
    onMerchantCreated: async (merchant) => {
      const { ok, status } = await fetch(`${adminUrl}/merchants`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminToken}` },
        body: JSON.stringify(merchant),
      });
      // The call succeeds all the same, and the client emits the event `unreported`.
      if (!ok) throw new Error(`The callback server responded with HTTP ${status}.`);
    },
  });
}
// #endregion admin-api
