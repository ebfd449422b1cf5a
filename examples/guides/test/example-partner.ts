import {
  createPartnerClient,
  type PartnerClient,
  type PartnerClientOptions,
} from '@partner-ecosystem/client';
import type { Fixtures, Sandbox } from '@partner-ecosystem/mocks';

/** The partner of all samples. */
export const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };

/** The customer of all samples. */
export const customer = { name: 'Asha Example', email: 'asha@example.com', mobile: '0000000002' };

/** The sandbox's realm and flow, as the operations name them. */
export function workplaceOf({ realm }: Fixtures) {
  const [flowId = ''] = realm.flows.map(({ id }) => id);
  return { realmId: realm.id, realm: realm.name, flowId };
}

/** Options of a client whose three servers are the sandbox. */
export function optionsFor(url: string, { fixtures }: Sandbox) {
  const servers = { goUrl: url, backopsUrl: url, persistUrl: url };
  return {
    ...servers,
    credentials,
    administratorToken: fixtures.administratorToken,
  } satisfies PartnerClientOptions;
}

/** Creates a partner in the sandbox, linked to its realm and its flow. */
export async function createPartnerIn(sandbox: Sandbox, url: string) {
  const partner = createPartnerClient(optionsFor(url, sandbox));
  const { realmId, realm, flowId } = workplaceOf(sandbox.fixtures);
  const { id: distributorId } = await partner.createPartner(credentials);
  await partner.linkPartner({ distributorId, realmId, flowIds: [flowId] });
  return { partner, distributorId, realmId, realm, flowId };
}

/** Creates a merchant. */
export async function createCase(
  partner: PartnerClient,
  workplace: ReturnType<typeof workplaceOf>,
  signzyAppId: string,
): Promise<string> {
  const { realmId, realm, flowId } = workplace;
  const { id } = await partner.createMerchant({ realmId, realm, flowId, ...customer, signzyAppId });
  return id;
}

/** Pushes sample data, which submits the merchant. */
export async function submitCase(
  partner: PartnerClient,
  { realmId, flowId }: Pick<ReturnType<typeof workplaceOf>, 'realmId' | 'flowId'>,
  merchantId: string,
): Promise<void> {
  const { data } = await partner.getPushMerchantSpec({ applicationId: realmId, flowId, sampleData: true });
  await partner.pushMerchant({ realmId, flowId, merchantId, data });
}
