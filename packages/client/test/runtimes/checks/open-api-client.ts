import { createOpenApiClient } from '@partner-ecosystem/client/openapi-fetch';
import { responses } from '@partner-ecosystem/openapi/examples';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { fileBytes, merchant, pull } from '../../support/example-input.ts';
import { failure, type PortableCheck } from './check.ts';

const path = '/api/distributors/pullMerchant/{merchantId}';
const init = (merchantId: string) => ({ params: { path: { merchantId }, query: { realmId: pull.realmId } } });

/** A client of openapi-fetch sends what the methods send. */
export const openApiClientChecks: readonly PortableCheck[] = [
  {
    name: 'a client of openapi-fetch reads, creates, and stores a file',
    async run(visit) {
      const { partner, arrivals } = visit('as documented');
      const client = createOpenApiClient(partner);
      const pulled = await client.GET(path, init(pull.merchantId));
      assertSame(pulled.data, Object.values(responses.pullMerchant[200])[0]);
      const created = await client.POST('/api/distributors/createMerchant', { body: merchant });
      assertSame(created.data, Object.values(responses.createMerchant[200])[0]);
      assertSame((await arrivals()).at(-1)?.body, merchant);
      const file = new File([fileBytes], 'photo.jpg', { type: 'image/jpeg' });
      const stored = await client.POST('/api/files/upload', { body: { file } });
      assertSame(stored.data, Object.values(responses.uploadFile[200])[0]);
    },
  },
  {
    name: 'a client of openapi-fetch gets an error with its status, and sends no request for the id ..',
    async run(visit) {
      const { partner, arrivals } = visit('quoting the request in an error');
      const client = createOpenApiClient(partner);
      const { error, response } = await client.POST('/api/distributors/createMerchant', { body: merchant });
      assertSame([error !== undefined, response.status], [true, 422]);
      const sent = (await arrivals()).length;
      await failure(client.GET(path, init('..')), TypeError);
      assertSame((await arrivals()).length, sent);
    },
  },
];
