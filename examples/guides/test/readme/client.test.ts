import { createDecisions, createPartnerClient } from '@partner-ecosystem/client';
import { createSandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test, vi } from 'vitest';
import { myApp } from './my-app.ts';

const { backOffice, fetch } = createSandbox();
const { credentials } = backOffice.addPartner();
const options = { environment: 'preproduction', credentials, fetch } as const;
const logger = { warn: vi.fn() };

// #region guard
import { contractGuard, createMerchant, pullMerchant } from '@partner-ecosystem/client/guards';

const guard = contractGuard([createMerchant, pullMerchant], { onDrift: (drift) => logger.warn(drift) });
// #endregion guard

const partner = createPartnerClient({ ...options, guard });
const { realmId } = requests.createMerchant.customer;

/** What the callback server gives to the handlers of its events. */
const handlers = new Map<string, (callback: { payload: never }) => void>();
const server = {
  on: (event: string, handle: (callback: { payload: never }) => void) => handlers.set(event, handle),
};

test('the decision of the README is what the back office says', async () => {
  const merchantId = await myApp.onboard({ ...options, guard });
  backOffice.accept(merchantId);
  const payload = { merchantData: { id: merchantId } } as never;
  const { signal } = new AbortController();
  setTimeout(() => handlers.get('accept')?.({ payload }), 100);
  // #region decisions
  const decisions = createDecisions(partner);
  server.on('accept', ({ payload }) => void decisions.notify(payload)); // of the callback server, or your own
  server.on('reject', ({ payload }) => void decisions.notify(payload));

  const { decision, merchant } = await decisions.waitFor({ merchantId, realmId }, { signal });
  // #endregion decisions
  expect([decision, merchant.result.merchantData.basicDetails.status]).toEqual(['accept', 'accept']);
  expect(logger.warn).not.toHaveBeenCalled();
});
