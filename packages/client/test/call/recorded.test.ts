import { createSandbox } from '@partner-ecosystem/mocks';
import { requests } from '@partner-ecosystem/openapi/examples';
import { checkHar } from '@partner-ecosystem/openapi/har';
import { expect, test } from 'vitest';
import { customer, startWork } from '../support/partner-at-work.ts';

/** Records the JSON exchanges of a `fetch`, as HAR does. */
function recorder(send: (request: Request) => Promise<Response>) {
  const entries: object[] = [];
  const fetch = async (request: Request) => {
    const sent = await request.clone().text();
    const response = await send(request);
    const text = await response.clone().text();
    const { method, url } = request;
    entries.push({
      request: { method, url, postData: { text: sent } },
      response: { status: response.status, content: { mimeType: 'application/json', text } },
    });
    return response;
  };
  return { fetch, har: { log: { entries } } };
}

test('a recording of all operations has no drift from the contract', async () => {
  const sandbox = createSandbox();
  const { fetch, har } = recorder(sandbox.fetch);
  const { partner, distributorId } = await startWork(sandbox, { fetch });
  const { realmId, flowId } = customer;
  const { id: merchantId } = await partner.createMerchant(customer);
  const { allEvents } = requests.registerCallbacks;
  await partner.registerCallbacks({ ...allEvents, distributorId, realmId, flowId });
  const spec = await partner.getPushMerchantSpec({ applicationId: realmId, flowId, sampleData: true });
  await partner.pushMerchant({ realmId, flowId, merchantId, data: spec.data });
  await partner.pullMerchant({ merchantId, realmId });
  await partner.uploadFile({ file: new Blob(['not an image']), ttl: '1 month' });
  await partner.uploadBase64({ base64String: 'bm90', mimetype: 'image/png', ttl: '1 month' });
  await expect(partner.pullMerchant({ merchantId: realmId, realmId })).rejects.toThrow();
  await expect(partner.createPartner(requests.loginPartner.credentials)).rejects.toThrow();
  expect(checkHar(har)).toEqual({ known: 13, unknown: 0, drifts: [] });
});
