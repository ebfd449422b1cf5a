import { requests } from '@partner-ecosystem/openapi/examples';
import { responses } from '@partner-ecosystem/openapi/validators';
import { afterEach, expect, test, vi } from 'vitest';
import { createSandbox } from '../../src/index.ts';
import { pendingMerchant, pullOf, readySandbox } from '../support/journey.ts';

afterEach(() => vi.restoreAllMocks());

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

test('an invalid override causes a 500 and is logged, unless it is unchecked', async () => {
  const { sandbox, api, token } = await readySandbox();
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const create = () => api.send('createMerchant', { token, json: customer });
  sandbox.on('createMerchant', { times: 1 }, ({ respond }) => respond(200, { id: 7 } as never));
  expect(await create()).toMatchObject({ status: 500 });
  expect(log.mock.calls).toEqual([
    [expect.stringContaining('An override breaks the contract. The 200 response of createMerchant')],
  ]);
  sandbox.on('createMerchant').respondUnchecked(299, { anything: true });
  expect(await create()).toEqual({ status: 299, body: { anything: true } });
});

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
  on('dropMerchant').respond(200);
});
