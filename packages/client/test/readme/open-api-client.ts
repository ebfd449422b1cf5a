import { createOpenApiClient } from '@partner-ecosystem/client/openapi-fetch';

// A client of createPartnerClient, or its options.
const credentials = { username: 'example-broker', password: 'Not-a-real-password-1' };
const client = createOpenApiClient({ environment: 'preproduction', credentials });

const { data, error } = await client.GET('/api/distributors/pullMerchant/{merchantId}', {
  params: {
    path: { merchantId: '6553f1000000000000000004' },
    query: { realmId: '6553e0000000000000000002' },
  },
});
if (error !== undefined) throw new Error('The merchant cannot be pulled.');
console.log(data.result.merchantData.basicDetails.status);
