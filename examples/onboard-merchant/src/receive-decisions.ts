import type { CallbackServer, ReceivedCallback } from '@partner-ecosystem/callback-server';
import type { PartnerClient } from '@partner-ecosystem/client';

/**
 * Step 7: tells of each decision, once the provider itself has confirmed it.
 *
 * A callback is unsigned and may be old. What throws here is tried again later.
 */
export function receiveDecisions(
  server: CallbackServer,
  partner: PartnerClient,
  realmId: string,
  decided: (merchantId: string, status: string) => void,
): void {
  const confirm = async ({ payload }: ReceivedCallback) => {
    const merchantId = payload.merchantData.id;
    const { result } = await partner.pullMerchant({ merchantId, realmId });
    decided(merchantId, result.merchantData.basicDetails.status);
  };
  server.on('accept', confirm);
  server.on('reject', confirm);
}
