import type { PartnerClient } from '@partner-ecosystem/client';

/** Where a partner is to work: a realm of the bank's or insurer's, and one of its flows. */
export interface Workplace {
  realmId: string;
  realm: string;
  flowId: string;
}

/**
 * Steps 1 to 4: makes a partner who may push cases of one flow, and has their callbacks posted to us.
 *
 * @param callbackUrl - Address of our callback server, with the secret in it that stands for a signature.
 * @returns The partner's id, `distributorId` in the API.
 */
export async function becomePartner(
  partner: PartnerClient,
  credentials: { username: string; password: string; email: string },
  { realmId, flowId }: Workplace,
  callbackUrl: string,
): Promise<string> {
  const { id: distributorId } = await partner.createPartner({ ...credentials, name: 'Example Broker' });

  // The client logs in by itself when it first has to; done here, it tells at once whether the credentials hold.
  await partner.loginPartner({ username: credentials.username, password: credentials.password });

  await partner.linkPartner({ distributorId, realmId });
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
  return distributorId;
}
