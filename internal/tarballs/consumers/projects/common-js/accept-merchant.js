const { createPartnerClient } = require('@partner-ecosystem/client');
const { createSandbox } = require('@partner-ecosystem/mocks');
const { requests } = require('@partner-ecosystem/openapi/examples');

async function main() {
  const { backOffice, fetch } = createSandbox();
  const { credentials } = backOffice.addPartner();
  const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
  const { id: merchantId, realmId } = await partner.createMerchant(requests.createMerchant.customer);
  await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
  backOffice.accept(merchantId);
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  console.log(result.merchantData.basicDetails.status);
  const { createCallbackServer } = require('@partner-ecosystem/callback-server');
  if (typeof createCallbackServer !== 'function')
    throw new Error('@partner-ecosystem/callback-server does not export createCallbackServer.');
}

main();
