import { expect, test } from 'vitest';
import { myApp } from './my-app.ts';

const decided = { status: 'reject' };

// #region first-example
import { createSandbox } from '@partner-ecosystem/mocks';
import { mswHandlers } from '@partner-ecosystem/mocks/msw';
import { setupServer } from 'msw/node';

const sandbox = createSandbox({ seed: 7 });
setupServer(...mswHandlers(sandbox)).listen();
const { credentials } = sandbox.backOffice.addPartner();
const merchantId = await myApp.onboard({ environment: 'preproduction', credentials }); // your code, unchanged
sandbox.backOffice.reject(merchantId, { reason: 'blurred' });
await sandbox.callbacks.drain(); // posts to your receiver and waits
// #endregion first-example

test('the first example of the sandbox rejects a merchant', () => {
  expect(sandbox.backOffice.find(merchantId)).toMatchObject(decided);
});
