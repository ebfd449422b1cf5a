import { createOpenApiClient } from '@partner-ecosystem/client/openapi-fetch';

const client = createOpenApiClient({
  environment: 'preproduction',
  credentials: { username: 'example', password: 'example' },
});
const { data } = await client.GET('/api/distributors/pullMerchant/{merchantId}', {
  params: { path: { merchantId: '1' }, query: { realmId: '2' } },
});
console.log(data);
