const { createPartnerClient } = require('@partner-ecosystem/client');
const { createSandbox } = require('@partner-ecosystem/mocks');
const { requests } = require('@partner-ecosystem/openapi/examples');

test('a merchant is accepted', async () => {
  const { backOffice, fetch } = createSandbox();
  const { credentials } = backOffice.addPartner();
  const partner = createPartnerClient({ environment: 'preproduction', credentials, fetch });
  const { id: merchantId, realmId } = await partner.createMerchant(requests.createMerchant.customer);
  await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
  backOffice.accept(merchantId);
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  expect(result.merchantData.basicDetails.status).toBe('accept');
});
