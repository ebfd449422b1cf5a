import type { PartnerClient } from '@partner-ecosystem/client';
import { createOpenApiClient } from '@partner-ecosystem/client/openapi-fetch';

/** Reads the status of a case with the paths of the contract, and with the login and the retries of our client. */
export async function readStatus(partner: PartnerClient, merchantId: string, realmId: string) {
  const client = createOpenApiClient(partner);
  const { data, error } = await client.GET('/api/distributors/pullMerchant/{merchantId}', {
    params: { path: { merchantId }, query: { realmId } },
  });
  if (error !== undefined) throw new Error('The merchant cannot be pulled.');
  return data.result.merchantData.basicDetails.status;
}
