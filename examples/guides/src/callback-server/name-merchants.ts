import type { CallbackServer } from '@partner-ecosystem/callback-server';
import {
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
} from '@partner-ecosystem/client';

// #region in-process
/** Creates a client that names its merchants to the callback server of this process. */
export function createNamingClient(options: PartnerClientOptions, server: CallbackServer): PartnerClient {
  return createPartnerClient({
    ...options,
    onMerchantCreated: (merchant) => server.merchants.expect([merchant]),
  });
}
// #endregion in-process

// #region admin-api
/** Creates a client that names its merchants to a callback server in another process, over the admin API. */
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
      // The call still succeeds, and the client emits the event `unreported`.
      if (!ok) throw new Error(`The callback server responded with HTTP ${status}.`);
    },
  });
}
// #endregion admin-api
