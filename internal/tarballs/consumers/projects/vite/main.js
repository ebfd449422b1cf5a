import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';

export async function acceptMerchant() {
  const { backOffice, fetch } = createSandbox();
  const { credentials } = backOffice.addPartner();
  const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
  const { id: merchantId, realmId } = await partner.createMerchant(requests.createMerchant.customer);
  await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
  backOffice.accept(merchantId);
  return (await partner.pullMerchant({ merchantId, realmId })).result.merchantData.basicDetails.status;
}

acceptMerchant().then((status) => console.log(status));
