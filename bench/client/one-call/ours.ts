import { createPartnerClient } from '@partner-ecosystem/client';

const partner = createPartnerClient({
  environment: 'preproduction',
  credentials: { username: 'example', password: 'example' },
});
console.log(await partner.pullMerchant({ merchantId: '1', realmId: '2' }));
