import { createPartnerClient, type PartnerClient } from '@partner-ecosystem/client';
import type { Fixtures } from '@partner-ecosystem/mocks';

/** A partner who may push cases. Most tests need such a partner. */
export interface Submitter {
  readonly partner: PartnerClient;
  readonly realmId: string;
  /** Creates a merchant and pushes sample data. Resolves to the merchant's id. */
  readonly submitCase: (signzyAppId: string) => Promise<string>;
}

/** Creates a partner in a sandbox that listens at `url`. The sandbox posts callbacks to `callbackUrl`, if you give one. */
export async function createSubmitter(
  url: string,
  fixtures: Fixtures,
  callbackUrl?: string,
): Promise<Submitter> {
  const { realm, administratorToken } = fixtures;
  const [flowId = ''] = realm.flows.map(({ id }) => id);
  const ids = { realmId: realm.id, flowId };
  const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };
  const servers = { goUrl: url, backopsUrl: url, persistUrl: url };
  const partner = createPartnerClient({ ...servers, credentials, administratorToken, retry: false });

  const { id: distributorId } = await partner.createPartner(credentials);
  await partner.linkPartner({ distributorId, realmId: realm.id, flowIds: [flowId] });
  if (callbackUrl !== undefined) {
    const callbacks = { accept: callbackUrl, reject: callbackUrl, pending: callbackUrl };
    await partner.registerCallbacks({ ...ids, distributorId, callbacks });
  }
  const customer = { name: 'Asha Example', email: 'asha@example.com', mobile: '0000000002' };
  return {
    partner,
    realmId: realm.id,
    submitCase: async (signzyAppId) => {
      const merchant = await partner.createMerchant({ ...ids, ...customer, realm: realm.name, signzyAppId });
      const spec = await partner.getPushMerchantSpec({ applicationId: realm.id, flowId, sampleData: true });
      await partner.pushMerchant({ ...ids, merchantId: merchant.id, data: spec.data });
      return merchant.id;
    },
  };
}
