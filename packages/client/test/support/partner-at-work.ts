import { createSandbox, type Sandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { createPartnerClient, type PartnerClient, type PartnerClientOptions } from '../../src/index.ts';

export const customer: typeof requests.createMerchant.customer = requests.createMerchant.customer;
const credentials = requests.loginPartner.credentials;

export interface PartnerAtWork {
  readonly sandbox: Sandbox;
  readonly partner: PartnerClient;
  readonly distributorId: string;
}

/**
 * Creates a client of a sandbox, for a partner that can create merchants.
 *
 * @param options - Options of the client. A custom `fetch` can be placed between the client and the sandbox.
 */
export async function startWork(
  sandbox: Sandbox = createSandbox(),
  options: Partial<PartnerClientOptions> = {},
): Promise<PartnerAtWork> {
  const { administratorToken } = sandbox.fixtures;
  const partner = createPartnerClient({
    environment: 'preproduction',
    credentials,
    administratorToken,
    fetch: sandbox.fetch,
    ...options,
  } as PartnerClientOptions);
  const { realmId, flowId } = customer;
  const { id: distributorId } = await partner.createPartner(credentials);
  await partner.linkPartner({ distributorId, realmId });
  await partner.assignFlows({ distributorId, realmId, flowIds: [flowId] });
  return { sandbox, partner, distributorId };
}
