import { createPartnerClient } from '@partner-ecosystem/client';
import { startSandbox } from '@partner-ecosystem/mocks/node';

// The sandbox holds a realm with one flow. With the provider, Signzy issues these values.
const { url, sandbox, close } = await startSandbox({ port: 0, controlPort: 0 });
const { realm, administratorToken } = sandbox.fixtures;
const [flowId = ''] = realm.flows.map(({ id }) => id);

// Become a partner who may use the flow.
const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };
const servers = { goUrl: url, backopsUrl: url, persistUrl: url };
const partner = createPartnerClient({ ...servers, credentials, administratorToken });
const { id: distributorId } = await partner.createPartner(credentials);
await partner.linkPartner({ distributorId, realmId: realm.id });
await partner.assignFlows({ distributorId, realmId: realm.id, flowIds: [flowId] });

// Create a merchant.
const merchant = await partner.createMerchant({
  realmId: realm.id,
  realm: realm.name,
  flowId,
  name: 'Asha Example',
  email: 'asha@example.com',
  mobile: '0000000002',
  signzyAppId: 'EXAMPLE-0001',
});

// Push the data that the flow asks for. Here the values are samples.
const spec = await partner.getPushMerchantSpec({ applicationId: realm.id, flowId, sampleData: true });
await partner.pushMerchant({ realmId: realm.id, flowId, merchantId: merchant.id, data: spec.data });

// The back office decides, and the pull shows the decision.
sandbox.backOffice.accept(merchant.id);
const { result } = await partner.pullMerchant({ merchantId: merchant.id, realmId: realm.id });
console.log(`Merchant ${merchant.id}: ${result.merchantData.basicDetails.status}`);

await close();
