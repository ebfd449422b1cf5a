import { createSandbox } from '@partner-ecosystem/mocks';
import { mswHandlers } from '@partner-ecosystem/mocks/msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'; // Jest: remove this line
import { createSubmitter } from './submit-case.ts';

const sandbox = createSandbox({ seed: 7 });
const network = setupServer(
  ...mswHandlers(sandbox, {
    baseUrls: {
      go: 'https://provider.example',
      persist: 'https://provider.example',
      backops: 'https://provider.example',
    },
  }),
);
beforeAll(() => network.listen());
beforeEach(() => sandbox.reset());
afterAll(() => network.close());

test('an accepted case is accepted in a pull', async () => {
  const { partner, realmId, submitCase } = await createSubmitter(
    'https://provider.example',
    sandbox.fixtures,
  );
  const merchantId = await submitCase('EXAMPLE-0001');
  sandbox.backOffice.accept(merchantId);

  const { result } = await partner.pullMerchant({ merchantId, realmId });
  expect(result.merchantData.basicDetails.status).toBe('accept');
});
