import { type CallbackServer, createCallbackServer } from '@partner-ecosystem/callback-server';
import { createReceiver } from '@partner-ecosystem/callback-server/receiver';
import { createPartnerClient, type OperationResult, type PartnerClient } from '@partner-ecosystem/client';
import { contractGuard, createMerchant } from '@partner-ecosystem/client/guards';
import { createSandbox, type Sandbox } from '@partner-ecosystem/mocks';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { redact } from '@partner-ecosystem/openapi/classification';
import { requests } from '@partner-ecosystem/openapi/examples';
import type { components } from '@partner-ecosystem/openapi/schema';

export const entries = { createCallbackServer, createReceiver, redact, startSandbox };
export type Entries = [CallbackServer, components['schemas']['Merchant'], OperationResult<'createMerchant'>];

export async function acceptMerchant(sandbox: Sandbox): Promise<string | undefined> {
  const { credentials } = sandbox.backOffice.addPartner();
  const guard = contractGuard([createMerchant]);
  const { fetch } = sandbox;
  const partner: PartnerClient = createPartnerClient({
    environment: 'preproduction',
    credentials,
    fetch,
    guard,
  });
  const { customer } = requests.createMerchant;
  const { id: merchantId } = await partner.createMerchant(customer);
  await partner.pushMerchant({ ...requests.pushMerchant.twoDocumentsOnOnePage, merchantId });
  sandbox.backOffice.accept(merchantId);
  const { realmId } = customer;
  return (await partner.pullMerchant({ merchantId, realmId })).result.merchantData.basicDetails.status;
}

void acceptMerchant(createSandbox()).then((status) => console.log(status));
