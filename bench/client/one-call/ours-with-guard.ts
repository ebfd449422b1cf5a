import { createPartnerClient } from '@partner-ecosystem/client';
import { contractGuard, pullMerchant } from '@partner-ecosystem/client/guards';

const partner = createPartnerClient({
  environment: 'preproduction',
  credentials: { username: 'example', password: 'example' },
  guard: contractGuard([pullMerchant]),
});
console.log(await partner.pullMerchant({ merchantId: '1', realmId: '2' }));
