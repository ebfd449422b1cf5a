import { createPartnerClient } from '@partner-ecosystem/client';

const {
  PARTNER_URL: url = '',
  PARTNER_USERNAME: username = '',
  PARTNER_PASSWORD: password = '',
} = process.env;
const partner = createPartnerClient({
  goUrl: url,
  backopsUrl: url,
  persistUrl: url,
  credentials: { username, password },
});

const ids = { merchantId: '6553f1000000000000000004', realmId: '6553e0000000000000000002' };
console.log((await partner.pullMerchant(ids)).result.merchantData.basicDetails.status);
