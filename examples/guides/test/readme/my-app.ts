import { createPartnerClient, type PartnerClientOptions } from '@partner-ecosystem/client';
import { requests } from '@partner-ecosystem/openapi/examples';

/** Where the provider posts the callbacks of a partner. */
interface Registration {
  readonly distributorId: string;
  readonly url: string;
}

/** The integration that the READMEs test: it creates a merchant and submits the merchant's data. */
export const myApp = {
  async onboard(options: PartnerClientOptions, registration?: Registration): Promise<string> {
    const partner = createPartnerClient(options);
    const { customer } = requests.createMerchant;
    const { realmId, flowId } = customer;
    if (registration) {
      const { distributorId, url } = registration;
      const callbacks = { accept: url, reject: url, pending: url };
      await partner.registerCallbacks({ distributorId, realmId, flowId, callbacks });
    }
    const { id: merchantId } = await partner.createMerchant(customer);
    await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
    return merchantId;
  },
};
