import { createPartnerClient, type PartnerClientOptions } from '@partner-ecosystem/client';
import { requests } from '@partner-ecosystem/openapi/examples';

/** The integration that the READMEs test: it creates a merchant and submits the merchant's data. */
export const myApp = {
  async onboard(options: PartnerClientOptions, callbackUrl?: string): Promise<string> {
    const partner = createPartnerClient(options);
    const { customer } = requests.createMerchant;
    const { realmId, flowId } = customer;
    if (callbackUrl !== undefined && 'distributorId' in (options.credentials ?? {})) {
      // The tests of the READMEs give the partner's id beside its credentials, whose type does not have it.
      const { distributorId } = options.credentials as unknown as { distributorId: string };
      const callbacks = { accept: callbackUrl, reject: callbackUrl, pending: callbackUrl };
      await partner.registerCallbacks({ distributorId, realmId, flowId, callbacks });
    }
    const { id: merchantId } = await partner.createMerchant(customer);
    await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
    return merchantId;
  },
};
