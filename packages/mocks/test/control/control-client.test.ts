import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Control, createControl } from '../../src/control-client.ts';
import type { RunningSandbox } from '../../src/node.ts';
import { type ControlSession, ok, startControlSession, submitMerchant } from '../support/control-session.ts';
import { ApiSession, pendingMerchant } from '../support/journey.ts';

let session: ControlSession;
let running: RunningSandbox;
let control: Control;
let merchantId: string;

beforeEach(async () => {
  session = await startControlSession();
  ({ running, control, merchantId } = session);
});
afterEach(() => session.close());

const path = () => ({ path: { merchantId } });

test('a case is masked unless the request has reveal=true', async () => {
  const { GET } = control.sandbox();
  const masked = await ok(GET('/merchants/{merchantId}', { params: path() }));
  const query = { reveal: true };
  const shown = await ok(GET('/merchants/{merchantId}', { params: { ...path(), query } }));
  expect(masked).toMatchObject({
    revealed: false,
    status: 'pending',
    mayBecome: ['accept', 'reject', 'draft'],
  });
  expect(JSON.stringify(masked)).not.toMatch(/Asha|asha@|\/al\//);
  expect(JSON.stringify(shown)).toMatch(/Asha/);
  expect(shown.pages.map(({ pageId }) => pageId)).toEqual(masked.pages.map(({ pageId }) => pageId));
});

test('a case can be decided and reversed, and a disallowed decision is refused', async () => {
  const { GET, POST } = control.sandbox();
  const decide = (decision: 'accept' | 'reverse' | 'draft') =>
    POST('/merchants/{merchantId}/decision', { params: path(), body: { decision } });
  expect(await ok(decide('accept'))).toEqual({ merchantId, status: 'accept' });
  expect(await ok(decide('reverse'))).toEqual({ merchantId, status: 'reject' });
  expect((await decide('draft')).error).toMatchObject({ status: 409 });
  const [merchant] = await ok(GET('/merchants'));
  expect(merchant).toMatchObject({ id: merchantId, status: 'reject', mayBecome: ['accept'] });
});

test('a policy decides cases automatically', async () => {
  const { GET, POST, PUT } = control.sandbox();
  expect(await ok(GET('/policy'))).toEqual({ kind: 'manual' });
  await ok(PUT('/policy', { body: { kind: 'auto-reject', after: '1m', reason: 'closed' } }));
  expect(await ok(GET('/policy'))).toMatchObject({ kind: 'auto-reject' });
  const api = new ApiSession(fetch, running.url);
  const [token = ''] = Object.entries(running.sandbox.snapshot().tokens).flatMap(([id, { partnerId }]) =>
    partnerId ? [id] : [],
  );
  const next = await pendingMerchant(api, token);
  await ok(POST('/clock/advance', { body: { seconds: 60 } }));
  const merchants = await ok(GET('/merchants'));
  expect(merchants.find(({ id }) => id === next)?.status).toBe('reject');
});

test('faults can be added and removed', async () => {
  const { GET, POST, DELETE } = control.sandbox();
  const { id } = await ok(POST('/faults', { body: { operation: '*', kind: 'reset', ttl: '10m', times: 1 } }));
  await expect(fetch(`${running.url}/api/distributors/login`, { method: 'POST' })).rejects.toThrow();
  expect(await ok(GET('/faults'))).toMatchObject([{ id, kind: 'reset', struck: 1 }]);
  await ok(DELETE('/faults/{faultId}', { params: { path: { faultId: id } } }));
  const gone = await DELETE('/faults/{faultId}', { params: { path: { faultId: id } } });
  expect(gone.response.status).toBe(404);
  await ok(POST('/faults', { body: { callback: 'accept', kind: 'drop' } }));
  await ok(DELETE('/faults', {}));
  expect(await ok(GET('/faults'))).toEqual([]);
  const wrong = await POST('/faults', { body: { operation: '*', kind: 'latency' } });
  expect(wrong.error).toMatchObject({ status: 400, detail: expect.stringContaining('requires delay') });
});

test('a snapshot can be restored, and a scenario can start another sandbox', async () => {
  const { GET, POST, PUT } = control.sandbox();
  const query = { reveal: true } as const;
  const snapshot = await ok(GET('/snapshot', { params: { query } }));
  await ok(POST('/merchants/{merchantId}/decision', { params: path(), body: { decision: 'accept' } }));
  await ok(PUT('/snapshot', { body: snapshot }));
  expect(await ok(GET('/merchants'))).toMatchObject([{ id: merchantId, status: 'pending' }]);
  const scenario = await ok(GET('/scenario', { params: { query } }));
  const { id } = await ok(control.server.POST('/sandboxes', { body: { id: 'second', scenario } }));
  expect(await ok(control.sandbox(id).GET('/merchants'))).toMatchObject([{ id: merchantId }]);
  const faults = [{ operation: '*', kind: 'reset' }] as const;
  const wrong = [{ operation: '*', kind: 'latency' }] as const;
  await ok(PUT('/scenario', { body: { name: 'all is lost', faults: [...faults] } }));
  expect(await ok(GET('/merchants'))).toEqual([]);
  expect(await ok(GET('/faults'))).toMatchObject(faults);
  const refused = await PUT('/scenario', { body: { name: 'wrong', faults: [...wrong] } });
  expect(refused.error).toMatchObject({ status: 400 });
  expect(await ok(GET('/faults'))).toMatchObject(faults);
  await ok(PUT('/scenario', { body: scenario }));
  expect(await ok(GET('/merchants'))).toMatchObject([{ id: merchantId, status: 'pending' }]);
});

test('the address of the control API may end with a slash', async () => {
  const slashed = createControl({ url: `${running.controlUrl}/`, token: running.controlToken });
  for (const { GET } of [slashed.sandbox(), slashed.sandbox('default')])
    expect((await GET('/clock')).response.status).toBe(200);
  expect((await slashed.server.GET('/sandboxes')).response.status).toBe(200);
});

test('many sandboxes share nothing', async () => {
  const { server } = control;
  const { id, url, administratorToken } = await ok(server.POST('/sandboxes', { body: { seed: 7 } }));
  const other = await submitMerchant(url, administratorToken, session.receiver);
  const fork = await ok(
    server.POST('/sandboxes/{sandboxId}/fork', { params: { path: { sandboxId: id } }, body: {} }),
  );
  const decided = control.sandbox(fork.id).POST('/merchants/{merchantId}/decision', {
    params: { path: { merchantId: other } },
    body: { decision: 'draft' },
  });
  expect(await ok(decided)).toMatchObject({ status: 'draft' });
  expect(await ok(control.sandbox(id).GET('/merchants'))).toMatchObject([{ id: other, status: 'pending' }]);
  await ok(server.POST('/sandboxes/{sandboxId}/reset', { params: { path: { sandboxId: id } }, body: {} }));
  expect(await ok(control.sandbox(id).GET('/merchants'))).toEqual([]);
  const listed = await ok(server.GET('/sandboxes'));
  expect(listed.map((each) => [each.id, each.merchants])).toEqual([
    ['default', 1],
    [id, 0],
    [fork.id, 1],
  ]);
  await ok(server.DELETE('/sandboxes/{sandboxId}', { params: { path: { sandboxId: id } } }));
  expect((await control.sandbox(id).GET('/merchants')).response.status).toBe(404);
  const first = await server.DELETE('/sandboxes/{sandboxId}', { params: { path: { sandboxId: 'default' } } });
  expect(first.error).toMatchObject({ status: 409 });
});

test('the clock and the fixtures can be read', async () => {
  const { GET, POST } = control.sandbox();
  expect(await ok(control.server.GET('/health'))).toEqual({ status: 'ok' });
  expect(await ok(GET('/world'))).toEqual(running.sandbox.fixtures);
  const { now } = await ok(GET('/clock'));
  const later = await ok(POST('/clock/advance', { body: { seconds: 86_400 } }));
  expect(later.now - now).toBeGreaterThanOrEqual(86_400_000);
});
