import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Control } from '../../src/control-client.ts';
import type { RunningSandbox } from '../../src/node.ts';
import { type ControlSession, ok, realFetch, startControlSession } from '../support/control-session.ts';
import type { Receiver } from '../support/receiver.ts';

let session: ControlSession;
let running: RunningSandbox;
let control: Control;
let receiver: Receiver;
let merchantId: string;

beforeEach(async () => {
  session = await startControlSession();
  ({ running, receiver, control, merchantId } = session);
});
afterEach(() => session.close());

const path = () => ({ path: { merchantId } });

test('a callback can be awaited, read and posted again', async () => {
  const { GET, POST } = control.sandbox();
  const next = ok(
    GET('/callbacks/next', { params: { query: { event: 'accept', merchantId, waitSeconds: 20 } } }),
  );
  await ok(POST('/merchants/{merchantId}/decision', { params: path(), body: { decision: 'accept' } }));
  const { id = '', payload } = (await next) ?? {};
  expect(payload).toMatchObject({ merchantData: { id: merchantId, status: 'accept', name: '[PII]' } });
  const params = { path: { callbackId: id } };
  const { payload: revealed } = await ok(
    GET('/callbacks/{callbackId}', { params: { ...params, query: { reveal: true } } }),
  );
  expect(revealed).toMatchObject({ merchantData: { name: expect.stringContaining('Asha') } });
  const again = await ok(POST('/callbacks/{callbackId}/redeliver', { params, body: {} }));
  expect(again.attempts.map(({ status }) => status)).toEqual([200, 200]);
  expect(receiver.received.filter(({ body }) => JSON.stringify(body).includes('"accept"'))).toHaveLength(2);
  const drained = await ok(POST('/callbacks/drain', {}));
  expect(drained.map(({ event }) => event)).toEqual(['pending', 'accept']);
});

test('a request for a callback takes no callback if the sender of the request has disconnected', async () => {
  const headers = { authorization: `Bearer ${running.controlToken}` };
  const waitFor = (query: string, signal: AbortSignal | null = null) =>
    realFetch(`${running.controlUrl}/callbacks/next?event=accept&${query}`, { headers, signal });
  const leaving = new AbortController();
  const gone = waitFor('waitSeconds=30', leaving.signal);
  await waitFor('waitSeconds=0'); // The server has then received the first request too.
  leaving.abort();
  await expect(gone).rejects.toThrow();
  await waitFor('waitSeconds=0');
  running.sandbox.backOffice.accept(merchantId);
  expect(await (await waitFor('waitSeconds=20')).json()).toMatchObject({ event: 'accept', merchantId });
});

test('several callbacks can be awaited, and a peek leaves them available', async () => {
  const { GET } = control.sandbox();
  running.sandbox.backOffice.accept(merchantId);
  const take = (count: number, peek = false) =>
    ok(GET('/callbacks/take', { params: { query: { count, peek, waitSeconds: count === 2 ? 20 : 0 } } }));
  const eventsOf = (callbacks: Awaited<ReturnType<typeof take>>) => callbacks?.map(({ event }) => event);
  expect(eventsOf(await take(2, true))).toEqual(['pending', 'accept']);
  expect(await take(3)).toBeUndefined();
  expect(eventsOf(await take(2))).toEqual(['pending', 'accept']);
});

test('the wait for a callback ends without a callback', async () => {
  const query = { event: 'reject', waitSeconds: 0 } as const;
  const { response } = await control.sandbox().GET('/callbacks/next', { params: { query } });
  expect(response.status).toBe(204);
});
