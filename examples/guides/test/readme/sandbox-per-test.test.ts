import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AddedPartner } from '@partner-ecosystem/mocks';
import { myApp } from './my-app.ts';

const receiver = createServer((_, response) => response.end()).listen(0, '127.0.0.1');

function onboard(url: string, { credentials, distributorId }: AddedPartner): Promise<string> {
  const { port } = receiver.address() as AddressInfo;
  const servers = { goUrl: url, backopsUrl: url, persistUrl: url };
  return myApp.onboard(
    { ...servers, credentials },
    { distributorId, url: `http://127.0.0.1:${port}/callbacks` },
  );
}

// #region per-test
import { expect, test } from '@partner-ecosystem/mocks/vitest';

test('a rejection posts a callback', async ({ sandbox, sandboxUrl, partner }) => {
  const merchantId = await onboard(sandboxUrl, partner); // starts an HTTP server for this test
  sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
  expect(await sandbox.callbacks.next({ event: 'reject' })).toMatchObject({ status: 'delivered' });
  expect(sandbox).toHaveReceivedOnce({ operation: 'pushMerchant', merchantId });
});
// #endregion per-test

test('the faults and the overrides of the README take effect', async ({ sandbox, sandboxUrl }) => {
  // #region faults
  sandbox.faults.add({ operation: 'pushMerchant', kind: 'lost-response', times: 1 }); // performed, but no response
  sandbox.faults.add({ operation: '*', kind: 'status', status: 503, rate: 0.1, ttl: '10m' });
  sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 2 });
  // #endregion faults
  expect(sandbox.faults.list()).toHaveLength(3);
  sandbox.faults.clear();

  // #region overrides
  sandbox.on('createMerchant', { times: 1 }, ({ next }) => next().patch({ status: 'draft' }));
  sandbox.on('pullMerchant').respond(404); // with the contract's body for a 404
  sandbox.on('pullMerchant').respondUnchecked(200, 'anything');
  // #endregion overrides
  const merchantId = await onboard(sandboxUrl, sandbox.backOffice.addPartner());
  expect(sandbox.backOffice.find(merchantId)).toMatchObject({ status: 'pending' });
});
