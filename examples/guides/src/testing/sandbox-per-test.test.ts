import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { createSubmitter } from './submit-case.ts';

test('a rejected case has the reason of the back office', async ({ sandbox, sandboxUrl }) => {
  const { partner, realmId, submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  const merchantId = await submitCase('EXAMPLE-0001');
  sandbox.backOffice.reject(merchantId, { reason: 'The photo is blurred.' });

  const { result } = await partner.pullMerchant({ merchantId, realmId });
  expect(result.merchantData.basicDetails).toMatchObject({
    status: 'reject',
    reason: 'The photo is blurred.',
  });
});
