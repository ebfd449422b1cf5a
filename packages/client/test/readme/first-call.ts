import { createPartnerClient } from '@partner-ecosystem/client';

const { PARTNER_USERNAME: username = '', PARTNER_PASSWORD: password = '' } = process.env;
const partner = createPartnerClient({ environment: 'preproduction', credentials: { username, password } });

const ids = { merchantId: '6553f1000000000000000004', realmId: '6553e0000000000000000002' };
const { result } = await partner.pullMerchant(ids);
console.log(result.merchantData.basicDetails.status);
