import type { OperationInput, PartnerClient } from '@partner-ecosystem/client';

/** A realm of a bank or an insurer, and one of its flows. Signzy issues these values. */
export interface Workplace {
  realmId: string;
  realm: string;
  flowId: string;
}

/**
 * Steps 1 to 4: creates a partner who may push cases of one flow, and registers callbacks for this flow.
 *
 * @param callbackUrl - URL of our callback server. The URL contains a secret, because callbacks are not signed.
 * @returns The partner's id, `distributorId` in the API.
 */
export async function becomePartner(
  partner: PartnerClient,
  newPartner: OperationInput<'createPartner'> & { password: string },
  { realmId, flowId }: Workplace,
  callbackUrl: string,
): Promise<string> {
  // Step 1: create the partner. This call needs the administrator's token.
  const { id: distributorId } = await partner.createPartner(newPartner);

  // Step 2: log in. The client also logs in by itself; this call checks the credentials early.
  await partner.loginPartner({ username: newPartner.username, password: newPartner.password });

  // Step 3: link the partner to a realm.
  await partner.linkPartner({ distributorId, realmId });

  // Step 4: assign the flow, and register a callback URL for each event.
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
