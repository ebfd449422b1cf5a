import { createServer } from 'node:http';
import { OutcomeUnknownError, RateLimitError } from '@partner-ecosystem/client';
import { expect, test } from '@partner-ecosystem/mocks/vitest';
import { listenOnFreePort } from '@partner-ecosystem/testing/listen-on-free-port';
import { onTestFinished } from 'vitest';
import { createSubmitter } from './submit-case.ts';

/** Starts a receiver that responds with each status in turn, and then with 200. */
async function startReceiver(...statuses: number[]) {
  const received: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      received.push(request.method ?? '');
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  const { url, close } = await listenOnFreePort(server);
  onTestFinished(close);
  return { url, received };
}

test('a create without a response has an unknown outcome', async ({ sandbox, sandboxUrl }) => {
  const { submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  // #region lost-response
  sandbox.faults.add({ operation: 'createMerchant', kind: 'lost-response', times: 1 });
  await expect(submitCase('EXAMPLE-0001')).rejects.toThrow(OutcomeUnknownError);
  expect(sandbox.backOffice.cases()).toHaveLength(1); // The provider has the case.
  // #endregion lost-response
});

test('a 403 about a limit is a RateLimitError', async ({ sandbox, sandboxUrl }) => {
  const { submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  // #region throttled
  sandbox.faults.add({ operation: 'createMerchant', kind: 'throttled-403', times: 1 });
  await expect(submitCase('EXAMPLE-0001')).rejects.toThrow(RateLimitError);
  // #endregion throttled
});

test('the client logs in again after an expired token', async ({ sandbox, sandboxUrl }) => {
  const { partner, realmId, submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  const merchantId = await submitCase('EXAMPLE-0001');
  // #region expired-token
  await sandbox.clock.advance('15d'); // A token lives for 14 days.
  await partner.pullMerchant({ merchantId, realmId });
  // #endregion expired-token
  const logins = sandbox
    .journal()
    .filter((entry) => entry.kind === 'request' && entry.operation === 'loginPartner');
  expect(logins).toHaveLength(2);
});

test('a duplicated callback arrives twice', async ({ sandbox, sandboxUrl }) => {
  const { url, received } = await startReceiver();
  const { submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures, url);
  // #region duplicate
  sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 1, times: 1 });
  const merchantId = await submitCase('EXAMPLE-0001');
  sandbox.backOffice.accept(merchantId);
  await sandbox.callbacks.drain(); // Posts every callback that is due, and waits.
  // #endregion duplicate
  expect(received).toHaveLength(3);
});

test('a pull can be older than a decision', async ({ sandbox, sandboxUrl }) => {
  const { partner, realmId, submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  const merchantId = await submitCase('EXAMPLE-0001');
  // #region stale-read
  sandbox.backOffice.accept(merchantId);
  sandbox.faults.add({ operation: 'pullMerchant', kind: 'stale-read', times: 1 });
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  expect(result.merchantData.basicDetails.status).toBe('pending');
  // #endregion stale-read
});

test('a decision can be reversed', async ({ sandbox, sandboxUrl }) => {
  const { partner, realmId, submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures);
  const merchantId = await submitCase('EXAMPLE-0001');
  // #region reversed
  sandbox.backOffice.accept(merchantId);
  sandbox.backOffice.reverse(merchantId, { reason: 'The documents are forged.' });
  // #endregion reversed
  const { result } = await partner.pullMerchant({ merchantId, realmId });
  expect(result.merchantData.basicDetails.status).toBe('reject');
});

test('a callback that gets a 503 comes again', async ({ sandbox, sandboxUrl }) => {
  const { url } = await startReceiver(503);
  const { submitCase } = await createSubmitter(sandboxUrl, sandbox.fixtures, url);
  // #region retried-callback
  await submitCase('EXAMPLE-0001');
  await sandbox.callbacks.drain();
  await sandbox.clock.advance('2s'); // The sandbox tries again after 2, 3, 5, 8 … seconds.
  expect(sandbox.callbacks.all()).toMatchObject([{ event: 'pending', status: 'delivered' }]);
  // #endregion retried-callback
});
