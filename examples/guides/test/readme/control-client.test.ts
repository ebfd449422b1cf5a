import { startSandbox } from '@partner-ecosystem/mocks/node';
import { expect, test } from 'vitest';
import { myApp } from './my-app.ts';

const { controlUrl, controlToken, sandboxes, url, close } = await startSandbox({ port: 0, controlPort: 0 });

async function onboardInMine(): Promise<string> {
  const mine = sandboxes.get('mine');
  if (mine === undefined) throw new Error('There is no sandbox "mine".');
  const own = `${url}/s/mine`;
  const { credentials } = mine.backOffice.addPartner();
  return myApp.onboard({ goUrl: own, backopsUrl: own, persistUrl: own, credentials });
}

// #region control
import { createControl } from '@partner-ecosystem/mocks/control';

const control = createControl({ url: controlUrl, token: controlToken });
await control.server.POST('/sandboxes', { body: { id: 'mine', seed: 7 } });
const merchantId = await onboardInMine();
await control.sandbox('mine').POST('/merchants/{merchantId}/decision', {
  params: { path: { merchantId } },
  body: { decision: 'accept' },
});
// #endregion control

test('the control client of the README decides a case', async () => {
  expect(sandboxes.get('mine')?.backOffice.find(merchantId)).toMatchObject({ status: 'accept' });
  await close();
});
