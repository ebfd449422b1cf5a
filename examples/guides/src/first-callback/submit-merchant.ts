import { createPartnerClient } from '@partner-ecosystem/client';

// The sandbox replaces all three hosts. The option `--partner` of the sandbox has created this partner.
const sandbox = 'http://127.0.0.1:4010';
const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };
const servers = { goUrl: sandbox, backopsUrl: sandbox, persistUrl: sandbox };
const partner = createPartnerClient({ ...servers, credentials });

// Every sandbox has this realm and this flow, and prints them when it starts.
const ids = { realmId: '6553e0000000000000000002', flowId: '6553e0000000000000000003' };
const [signzyAppId = 'EXAMPLE-0001'] = process.argv.slice(2);

// Register a URL of the callback server for each event.
const { userId: distributorId = '' } = await partner.loginPartner(credentials);
const receiver = 'http://127.0.0.1:4020/callbacks/not-a-real-callback-token';
const callbacks = {
  accept: `${receiver}/accept`,
  reject: `${receiver}/reject`,
  pending: `${receiver}/pending`,
};
await partner.registerCallbacks({ ...ids, distributorId, callbacks });

// Create a merchant, and push sample data.
const customer = { name: 'Asha Example', email: 'asha@example.com', mobile: '0000000002' };
const merchant = await partner.createMerchant({ ...ids, ...customer, realm: 'acme-onboarding', signzyAppId });
const { data } = await partner.getPushMerchantSpec({
  applicationId: ids.realmId,
  flowId: ids.flowId,
  sampleData: true,
});
await partner.pushMerchant({ ...ids, merchantId: merchant.id, data });
console.log(`Merchant ${merchant.id} is submitted.`);
