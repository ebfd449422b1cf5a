import { requests } from '@partner-ecosystem/openapi/examples';
import { operations } from '@partner-ecosystem/openapi/operations';
import { responses } from '@partner-ecosystem/openapi/validators';
import { expect, test, vi } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { pendingMerchant, pullOf, readyPartner, readySandbox } from '../support/journey.ts';
import { openTransport } from '../support/transports.ts';

const customer = requests.createMerchant.customer;

test('an override changes the response as often as `times` says', async () => {
  const { sandbox, api, token } = await readySandbox();
  sandbox.on('createMerchant', { times: 1 }, ({ next }) => next().patch({ status: 'draft' }));
  const create = () => api.send('createMerchant', { token, json: customer });
  expect(await create()).toMatchObject({ status: 200, body: { status: 'draft', name: customer.name } });
  expect(await create()).toMatchObject({ status: 200, body: { status: 'new' } });
  expect(Object.keys(sandbox.snapshot().merchants)).toHaveLength(2);
  expect(sandbox.journal().findLast(({ kind }) => kind === 'request')).toMatchObject({
    answeredBy: 'machine',
  });
});

test('an override that does not call next changes no state', async () => {
  const { sandbox, api, token } = await readySandbox();
  const before = sandbox.snapshot();
  sandbox.on('createMerchant', ({ request, respond }) =>
    respond(200, { id: 'x', status: 'new', name: request.body.name }),
  );
  const { body } = await api.send('createMerchant', { token, json: customer });
  expect(body).toEqual({ id: 'x', status: 'new', name: customer.name });
  expect(sandbox.snapshot()).toEqual(before);
  expect(sandbox.journal().at(-1)).toMatchObject({ answeredBy: 'override' });
});

test('an override can call next and respond differently', async () => {
  const { sandbox, api, token } = await readySandbox();
  sandbox.on('createMerchant', ({ next, respond }) => {
    next();
    next();
    return respond(500);
  });
  expect(await api.send('createMerchant', { token, json: customer })).toMatchObject({ status: 500 });
  expect(Object.keys(sandbox.snapshot().merchants)).toHaveLength(1);
});

test('respond without a body uses the body of the contract', async () => {
  const { sandbox, api, token } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  sandbox.on('pullMerchant').respond(404);
  const { status, body } = await api.send('pullMerchant', pullOf(merchantId, token));
  expect(status).toBe(404);
  expect(responses.pullMerchant.validate404(body).ok).toBe(true);
});

test('the newest override runs first, and a removed override does not run', async () => {
  const { sandbox, api, token } = await readySandbox();
  const create = async () => (await api.send('createMerchant', { token, json: customer })).status;
  sandbox.on('createMerchant').respond(500);
  const remove = sandbox.on('createMerchant').respond(403);
  expect(await create()).toBe(403);
  remove();
  expect(await create()).toBe(500);
});

test('an override runs only for valid requests', async () => {
  const { sandbox, api, token } = await readySandbox();
  const handler = vi.fn(({ next }) => next());
  sandbox.on('createMerchant', handler);
  await api.send('createMerchant', { json: customer });
  await api.send('createMerchant', { token, json: { ...customer, flowId: 7 } });
  expect(handler).not.toHaveBeenCalled();
});

test('a fault strikes before overrides', async () => {
  const { sandbox, api, token } = await readySandbox();
  sandbox.on('createMerchant').respond(500);
  sandbox.faults.add({ operation: 'createMerchant', kind: 'throttled-403', times: 1 });
  const create = async () => (await api.send('createMerchant', { token, json: customer })).status;
  expect([await create(), await create()]).toEqual([403, 500]);
});

test.each([
  [201, { any: 'thing' }],
  [200, 'text'],
  [599, null],
  [204, undefined],
  [500, undefined],
] as const)(
  'an unchecked response %s %j is the same over every transport, and in the journal',
  async (status, body) => {
    const seen = [];
    for (const open of Object.values(openTransport)) {
      const { sandbox, api, close } = await open();
      sandbox.on('createMerchant').respondUnchecked(status, body);
      const { token } = await readyPartner(api, sandbox.fixtures.administratorToken);
      const { method, path } = operations.createMerchant;
      const headers = { authorization: token, 'content-type': 'application/json' };
      const request = new Request(api.baseUrl + path, { method, headers, body: JSON.stringify(customer) });
      const response = await api.fetch(request);
      const text = await response.text();
      await close();
      const type = response.headers.get('content-type');
      seen.push({ status: response.status, text, type, entry: sandbox.journal().at(-1) });
    }
    for (const { entry, ...response } of seen) {
      const { entry: _, ...first } = seen[0] ?? {};
      expect(response).toEqual(first);
      expect(response).toMatchObject({ status, text: body === undefined ? '' : JSON.stringify(body) });
      expect(entry).toMatchObject({ operation: 'createMerchant', status, answeredBy: 'override' });
    }
  },
);

test('an override has the types of its operation', () => {
  const { on } = createSandbox();
  on('pullMerchant', ({ request, next }) => {
    const { merchantId, realmId }: { merchantId: string; realmId: string } = request.parameters;
    expect([merchantId, realmId]).toEqual([]);
    // @ts-expect-error A pull has no body.
    expect(request.body.name).toBeUndefined();
    return next();
  });
  // @ts-expect-error The contract lists no 418.
  on('pullMerchant').respond(418);
  // @ts-expect-error A merchant has an id.
  on('createMerchant').respond(200, { status: 'new' });
  // @ts-expect-error The operation does not exist.
  expect(() => on('dropMerchant')).toThrow('Unknown operation');
});

test('a handler that changes its request, or a test that changes its body, changes nothing else', async () => {
  const { sandbox, api, token } = await readySandbox();
  const create = () => api.send('createMerchant', { token, json: customer });
  const body = { id: 'x', status: 'new', name: customer.name };
  const remove = sandbox.on('createMerchant').respond(200, body);
  body.status = 'changed';
  expect(await create()).toMatchObject({ status: 200, body: { status: 'new' } });
  remove();
  const before = sandbox.snapshot().partners;
  sandbox.on('createMerchant', ({ request, next }) => {
    Object.assign(request.body, { name: 'Changed' });
    Object.assign(request.caller, { username: 'changed' });
    return next();
  });
  expect(await create()).toMatchObject({ status: 200, body: { name: customer.name } });
  expect(sandbox.snapshot().partners).toEqual(before);
});

test('what a handler changes in the body of a pull does not change the case', async () => {
  const { sandbox, api, token } = await readySandbox();
  const merchantId = await pendingMerchant(api, token);
  const [before] = sandbox.backOffice.cases();
  sandbox.on('pullMerchant', { times: 1 }, ({ next }) => {
    const response = next();
    const changed = response.body as { result: { merchantData: { documents: { type: string }[] } } };
    for (const document of changed.result.merchantData.documents) deepChange(document);
    return response;
  });
  await api.send('pullMerchant', pullOf(merchantId, token));
  expect(sandbox.backOffice.cases()).toEqual([before]);
});

/** Changes every list and object below a value. */
function deepChange(value: object): void {
  for (const child of Object.values(value)) if (typeof child === 'object' && child) deepChange(child);
  Object.assign(value, { changed: true });
}
