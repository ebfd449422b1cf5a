import type { components } from '@partner-ecosystem/openapi/schema';
import type { Client } from 'openapi-fetch';
import { expectTypeOf } from 'vitest';
import { createOpenApiClient, type paths } from '../../src/create-open-api-client.ts';
import type { PartnerClient } from '../../src/index.ts';

declare const partner: PartnerClient;
const client: Client<paths> = createOpenApiClient(partner);
const pull = { params: { path: { merchantId: '1' }, query: { realmId: '2' } } };

const { data, error, response } = await client.GET('/api/distributors/pullMerchant/{merchantId}', pull);
expectTypeOf(response).toEqualTypeOf<Response>();
if (data) expectTypeOf(data.result.merchantData.basicDetails.status).toEqualTypeOf<string>();
// Behind a proxy, an error can also be text.
else if (typeof error !== 'string') expectTypeOf(error.error?.code).toEqualTypeOf<string | undefined>();

// A request accepts what the method accepts.
declare const callbacks: components['schemas']['RegisterCallbacksRequest'];
declare const merchant: components['schemas']['CreateMerchantRequest'];
declare const push: components['schemas']['PushMerchantRequest'];
void client.POST('/api/distributors/callback', { body: callbacks });
void client.POST('/api/distributors/createMerchant', { body: merchant });
void client.POST('/api/distributors/pushMerchant', { body: push });
void client.POST('/api/files/upload', { body: { file: new Blob([]), ttl: '1 month' } });
void client.POST('/api/files/upload', { body: { file: new File([], 'photo.jpg') } });

// @ts-expect-error A file is not text.
void client.POST('/api/files/upload', { body: { file: 'text' } });

// @ts-expect-error A parameter of the path is missing.
void client.GET('/api/distributors/pullMerchant/{merchantId}', { params: { query: { realmId: '2' } } });

// @ts-expect-error Not a path of the contract.
void client.GET('/api/distributors/deleteMerchant');
