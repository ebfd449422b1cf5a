import { storeFile } from '@partner-ecosystem/client';
import { requests, responses } from '@partner-ecosystem/openapi/examples';
import { assertSame } from '@partner-ecosystem/runtimes/assert-same';
import { fileBytes, merchant, pull } from '../../support/example-input.ts';
import type { PortableCheck } from './check.ts';

/** For each kind of operation, the request arrives and the response is read. */
export const operationChecks: readonly PortableCheck[] = [
  {
    name: 'a GET resolves to the body of the response',
    async run(visit) {
      const { partner } = visit('as documented');
      assertSame(await partner.pullMerchant(pull), Object.values(responses.pullMerchant[200])[0]);
    },
  },
  {
    name: 'a repeated GET reaches the provider, even if caches may keep its response',
    async run(visit) {
      const { partner, arrivals } = visit('allowing caches');
      await partner.pullMerchant(pull);
      await partner.pullMerchant(pull);
      assertSame((await arrivals()).filter(({ operationId }) => operationId === 'pullMerchant').length, 2);
    },
  },
  {
    name: 'a JSON body arrives unchanged',
    async run(visit) {
      const { partner, arrivals } = visit('as documented');
      assertSame(await partner.createMerchant(merchant), Object.values(responses.createMerchant[200])[0]);
      assertSame((await arrivals()).at(-1)?.body, merchant);
    },
  },
  {
    name: 'a file arrives with all its bytes',
    async run(visit) {
      const { partner } = visit('as documented');
      const file = new File([fileBytes], 'photo.jpg', { type: 'image/jpeg' });
      assertSame(await partner.uploadFile({ file }), Object.values(responses.uploadFile[200])[0]);
    },
  },
  {
    name: 'a file is stored from its bytes and from a data: URL',
    async run(visit) {
      const { partner, arrivals } = visit('as documented');
      await storeFile(partner, new Blob([fileBytes]), '1 month');
      await storeFile(partner, 'data:image/png;base64,AA==', '1 month');
      assertSame(
        (await arrivals()).map(({ operationId }) => operationId),
        ['uploadFile', 'uploadBase64'],
      );
    },
  },
  {
    name: 'an operation that needs no token is sent without one',
    async run(visit) {
      const { partner, arrivals } = visit('as documented');
      await partner.uploadBase64(requests.uploadBase64.image);
      assertSame(
        (await arrivals()).map(({ operationId, token }) => [operationId, token]),
        [['uploadBase64', undefined]],
      );
    },
  },
];
