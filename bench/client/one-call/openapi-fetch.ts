import type { paths } from '@partner-ecosystem/openapi/schema';
import createClient from 'openapi-fetch';

const go = createClient<paths>({ baseUrl: 'https://go.example.com', headers: { Authorization: 'example' } });
const { data } = await go.GET('/api/distributors/pullMerchant/{merchantId}', {
  params: { path: { merchantId: '1' }, query: { realmId: '2' } },
});
console.log(data);
