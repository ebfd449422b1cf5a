import { createPartnerClient } from '@partner-ecosystem/client';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { requests } from '@partner-ecosystem/openapi/examples';

test('a merchant is accepted', async ({ sandbox: { backOffice }, sandboxUrl: url }) => {
  const { credentials } = backOffice.addPartner();
  const partner = createPartnerClient({ goUrl: url, backopsUrl: url, persistUrl: url, credentials });
  const { id: merchantId, realmId } = await partner.createMerchant(requests.createMerchant.customer);
  await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
  backOffice.accept(merchantId);
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  expect(result.merchantData.basicDetails.status).toBe('accept');
});
