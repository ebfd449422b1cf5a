import { readFileSync } from 'node:fs';
import { createPartnerClient } from '@partner-ecosystem/client';
import { Agent } from 'undici';

const {
  PARTNER_URL: url = '',
  PARTNER_USERNAME: username = '',
  PARTNER_PASSWORD: password = '',
} = process.env;
const dispatcher = new Agent({
  connect: {
    ca: readFileSync('authority.pem'),
    cert: readFileSync('client.pem'),
    key: readFileSync('client-key.pem'),
  },
});
// undici and Node have separate types of the same dispatcher.
const options: object = { dispatcher };
const partner = createPartnerClient({
  goUrl: url,
  backopsUrl: url,
  persistUrl: url,
  credentials: { username, password },
  fetch: (request) => fetch(request, options),
  trustFetchErrors: true,
});

const ids = { merchantId: '6553f1000000000000000004', realmId: '6553e0000000000000000002' };
console.log((await partner.pullMerchant(ids)).result.merchantData.basicDetails.status);
