import {
  type DecisionWord,
  type PartnerClient,
  pushBody,
  readDecision,
  storeFile,
} from '@partner-ecosystem/client';
import { createPartnerOnce } from '../unknown-outcome/create-partner-once.ts';

/** What the steps need: a client, the values that Signzy issues, and a customer. */
export interface Onboarding {
  readonly partner: PartnerClient;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly realm: { readonly id: string; readonly name: string };
  readonly flowId: string;
  readonly callbackUrl: string;
  readonly signzyAppId: string;
  readonly photo: Blob;
  /** Waits until the back office has decided. */
  readonly untilDecided: (merchantId: string) => Promise<void>;
}

/** The seven steps, in their order. Resolves to the decision. */
export async function onboard(given: Onboarding): Promise<DecisionWord | undefined> {
  await preparePartner(given);
  return onboardMerchant(given);
}

/** The steps that a partner takes once. */
async function preparePartner({
  partner,
  credentials,
  realm,
  flowId,
  callbackUrl,
}: Onboarding): Promise<void> {
  const realmId = realm.id;

  // #region create-partner
  const distributorId = await createPartnerOnce(partner, { ...credentials, name: 'Example Broker' });
  // #endregion create-partner

  // #region log-in
  const { ttl } = await partner.loginPartner(credentials);
  console.log(`The token is valid for ${ttl ?? 1_209_600} seconds.`);
  // #endregion log-in

  // #region link-partner
  await partner.linkPartner({ distributorId, realmId });
  // #endregion link-partner

  // #region assign-flows
  await partner.assignFlows({ distributorId, realmId, flowIds: [flowId] });
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
  // #endregion assign-flows
}

/** The steps for each merchant. */
async function onboardMerchant(given: Onboarding): Promise<DecisionWord | undefined> {
  const { partner, realm, flowId, signzyAppId, photo, untilDecided } = given;
  const realmId = realm.id;

  // #region create-merchant
  const { id: merchantId } = await partner.createMerchant({
    realmId,
    realm: realm.name,
    flowId,
    name: 'Asha Example',
    email: 'asha@example.com',
    mobile: '0000000002',
    signzyAppId,
    'branch code': 'EX-01', // a custom field of the realm
  });
  // #endregion create-merchant

  // #region push-merchant
  const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId });
  const business = spec.data.find(({ widgetName }) => widgetName === 'Business Pan');
  if (!business) throw new Error('The flow has no widget "Business Pan".');
  const values = {
    BusinessPanName: 'Example Traders',
    BusinessPanPanNumber: 'XXXXX0000X',
    BusinessPanDateOfIssue: '01/01/1900',
    BusinessPanImage: await storeFile(partner, photo, '3 month'),
  };
  const pages = { [business.pageId]: { [business.widgetName]: values } };
  await partner.pushMerchant(pushBody(spec, { flowId, realmId, merchantId }, pages));
  // #endregion push-merchant

  await untilDecided(merchantId);

  // #region pull-merchant
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  const decision = readDecision(result.merchantData.basicDetails.status);
  // #endregion pull-merchant
  return decision;
}
