import { createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox } from '@partner-ecosystem/mocks';
import { mswHandlers } from '@partner-ecosystem/mocks/msw';
import { setupServer } from 'msw/node';
import { afterAll, expect, test } from 'vitest';
import { asha, broker, workplace } from '../src/demo/example-data.ts';
import { becomePartner } from '../src/steps/become-partner.ts';
import { onboardMerchant } from '../src/steps/onboard-merchant.ts';

const sandbox = createSandbox({ seed: 7 });
const network = setupServer(...mswHandlers(sandbox));
network.listen({ onUnhandledFrame: 'error' });
afterAll(() => network.close());

test('pulling an accepted merchant returns the status accept', async () => {
  const { administratorToken } = sandbox.fixtures;
  const partner = createPartnerClient({
    environment: 'preproduction',
    credentials: broker,
    administratorToken,
  });

  await becomePartner(partner, broker, workplace, 'http://127.0.0.1:4020/callbacks/not-a-real-token');
  const merchant = await onboardMerchant(partner, workplace, asha);
  sandbox.backOffice.accept(merchant.id);

  const { result } = await partner.pullMerchant({ merchantId: merchant.id, realmId: workplace.realmId });
  expect(result.merchantData.basicDetails.status).toBe('accept');
});
