// Calls each operation once. Usage: operations.ts API REALM_ID FLOW_ID, with the administrator's token in ADMINISTRATOR_TOKEN
import { createPartnerClient } from '@partner-ecosystem/client';

const [api = '', realmId = '', flowId = ''] = process.argv.slice(2);
const callbackUrl = 'http://127.0.0.1:9/callbacks/not-a-real-token';
const partner = createPartnerClient({
  goUrl: api,
  backopsUrl: api,
  persistUrl: api,
  credentials: { username: 'example-broker', password: 'Not-a-real-password-1' },
  administratorToken: process.env['ADMINISTRATOR_TOKEN'] ?? '',
});

// #region createPartner
const { id: distributorId } = await partner.createPartner({
  username: 'example-broker',
  password: 'Not-a-real-password-1',
  email: 'broker@example.com',
});
// #endregion createPartner

// #region loginPartner
// The client logs in by itself. Call this only to check the credentials.
const { userId, ttl } = await partner.loginPartner({
  username: 'example-broker',
  password: 'Not-a-real-password-1',
});
console.log(`Partner ${userId}, for ${ttl} seconds`);
// #endregion loginPartner

// #region linkPartner
await partner.linkPartner({ distributorId, realmId });
// #endregion linkPartner

// #region assignFlows
await partner.assignFlows({ distributorId, realmId, flowIds: [flowId] });
// #endregion assignFlows

// #region registerCallbacks
await partner.registerCallbacks({
  distributorId,
  realmId,
  flowId,
  callbacks: {
    accept: `${callbackUrl}/accept`,
    reject: `${callbackUrl}/reject`,
    pending: `${callbackUrl}/pending`,
  },
});
// #endregion registerCallbacks

// #region createMerchant
const merchant = await partner.createMerchant({
  realmId,
  realm: 'acme-onboarding',
  flowId,
  signzyAppId: 'EXAMPLE-0001',
  name: 'Asha Example',
  email: 'asha@example.com',
  mobile: '0000000002',
});
// Store both ids: the API cannot find a merchant by your own id.
console.log(merchant.id, merchant.signzyAppId);
// #endregion createMerchant

// #region getPushMerchantSpec
const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId });
for (const { pageId, widgetName, data } of spec.data) console.log(pageId, widgetName, Object.keys(data));
// #endregion getPushMerchantSpec

// #region uploadFile
// Without a ttl, the store deletes the file after 30 seconds.
const image = new Blob(['not an image'], { type: 'image/jpeg' });
const { file } = await partner.uploadFile({ file: image, ttl: '1 month' });
// #endregion uploadFile

// #region uploadBase64
const stored = await partner.uploadBase64({
  base64String: 'bm90IGFuIGltYWdl',
  mimetype: 'image/png',
  ttl: '1 month',
});
console.log(stored.file.size);
// #endregion uploadBase64

// #region pushMerchant
// A real push sends the values that the spec asks for. An image is sent as the URL of a stored file.
const data = spec.data.map(({ pageId, widgetName, data }) => ({
  pageId,
  widgetName,
  data: Object.fromEntries(Object.keys(data).map((variable) => [variable, file.directURL])),
}));
await partner.pushMerchant({ realmId, flowId, merchantId: merchant.id, data });
// #endregion pushMerchant

// #region pullMerchant
const { result } = await partner.pullMerchant({ merchantId: merchant.id, realmId });
console.log(result.merchantData.basicDetails.status);
// #endregion pullMerchant
