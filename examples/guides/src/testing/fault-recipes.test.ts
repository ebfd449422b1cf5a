// #region start
import { OutcomeUnknownError, RateLimitError } from '@partner-ecosystem/client';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { startReceiver } from './start-receiver.ts';
import { createSubmitter } from './submit-case.ts';

// #endregion start

// #region lost-response
test('a create without a response has an unknown outcome', async ({ sandbox, sandboxUrl }) => {
  const { submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', times: 1 });
  await expect(submitCase('EXAMPLE-0001')).rejects.toThrow(OutcomeUnknownError);
  expect(sandbox.backOffice.cases()).toHaveLength(1); // The provider has the case.
});
// #endregion lost-response

// #region throttled
test('a 403 about a limit is a RateLimitError', async ({ sandbox, sandboxUrl }) => {
  const { submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  sandbox.faults.add({ operation: 'createMerchant', kind: 'throttled-403', times: 1 });
  await expect(submitCase('EXAMPLE-0001')).rejects.toThrow(RateLimitError);
});
// #endregion throttled

// #region expired-token
test('the client logs in again after an expired token', async ({ sandbox, sandboxUrl }) => {
  const { partner, realmId, submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  const merchantId = await submitCase('EXAMPLE-0001');
  await sandbox.clock.advance('15d'); // A token lives for 14 days.
  await partner.pullMerchant({ merchantId, realmId });
  expect(sandbox).toHaveReceivedTimes('loginPartner', 2);
});
// #endregion expired-token

// #region duplicate
test('a duplicated callback arrives twice', async ({ sandbox, sandboxUrl }) => {
  const { url, received } = await startReceiver();
  const { submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures, url);
  sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 1, times: 1 });
  const merchantId = await submitCase('EXAMPLE-0001');
  sandbox.backOffice.accept(merchantId);
  await sandbox.callbacks.drain(); // Posts every callback that is due, and waits.
  const [, accept, copy] = received; // The first callback says that the case is pending.
  expect(copy).toBe(accept);
});
// #endregion duplicate

// #region retried-callback
test('a callback that gets a 503 comes again', async ({ sandbox, sandboxUrl }) => {
  const { url } = await startReceiver(503);
  const { submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures, url);
  await submitCase('EXAMPLE-0001');
  await sandbox.callbacks.drain();
  await sandbox.clock.advance('2s'); // The sandbox tries again after 2, 3, 5, 8 … seconds.
  expect(sandbox.callbacks.all()).toMatchObject([{ event: 'pending', status: 'delivered' }]);
});
// #endregion retried-callback

// #region stale-read
test('a pull can be older than a decision', async ({ sandbox, sandboxUrl }) => {
  const { partner, realmId, submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  const merchantId = await submitCase('EXAMPLE-0001');
  sandbox.backOffice.accept(merchantId);
  sandbox.faults.add({ operation: 'pullMerchant', kind: 'stale-read', times: 1 });
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  expect(result.merchantData.basicDetails.status).toBe('pending');
});
// #endregion stale-read

// #region reversed
test('a decision can be reversed', async ({ sandbox, sandboxUrl }) => {
  const { partner, realmId, submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  const merchantId = await submitCase('EXAMPLE-0001');
  sandbox.backOffice.accept(merchantId);
  sandbox.backOffice.reverse(merchantId, { reason: 'The documents are forged.' });
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  expect(result.merchantData.basicDetails.status).toBe('reject');
});
// #endregion reversed
