import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Control } from '../../src/control-client.ts';
import type { RunningSandbox } from '../../src/node.ts';
import { type ControlSession, ok, realFetch, startControlSession } from '../support/control-session.ts';
import { ApiSession, pullOf, realmId } from '../support/journey.ts';

let session: ControlSession;
let running: RunningSandbox;
let control: Control;
let merchantId: string;

beforeEach(async () => {
  session = await startControlSession();
  ({ running, control, merchantId } = session);
});
afterEach(() => session.close());

test('journal and coverage report what has happened, with the fidelity', async () => {
  const { GET } = control.sandbox();
  const query = { operation: 'pushMerchant', limit: 1 };
  const pulled = pullOf(merchantId, 'not-a-real-token');
  await fetch(`${running.url}${pulled.path}${pulled.query}`);
  const entries = await ok(GET('/journal', { params: { query } }));
  expect(entries).toMatchObject([
    { kind: 'request', status: 200, answeredBy: 'machine', fidelity: 'documented' },
  ]);
  const { log } = await ok(GET('/journal/har', { params: { query: {} } }));
  expect(log.entries.length).toBeGreaterThan(5);
  const urls = log.entries.map(({ request }) => Object(request).url);
  expect(urls).toContain('http://sandbox.invalid/api/distributors/createMerchant');
  expect(urls).toContain(
    `http://sandbox.invalid/api/distributors/pullMerchant/${merchantId}?realmId=${realmId}&version=1.1.0`,
  );
  expect(JSON.stringify([entries, log])).not.toMatch(/Asha|asha@|\/al\/|Not-a-real-password/);
  const { seen, operations } = await ok(GET('/coverage'));
  expect(operations['createMerchant']).toMatchObject({ 200: 1, 401: 0 });
  expect(seen).toBeGreaterThan(5);
});

test('the HAR has the time that each request took', async () => {
  running.sandbox.faults.add({ operation: 'loginPartner', kind: 'latency', delay: '30ms', times: 1 });
  await new ApiSession(realFetch, running.url).send('loginPartner', { json: {} });
  const { log } = await ok(control.sandbox().GET('/journal/har', { params: { query: {} } }));
  const last = Object(log.entries.at(-1));
  expect(last.time).toBeGreaterThanOrEqual(30);
  expect(last.timings).toEqual({ send: 0, wait: last.time, receive: 0 });
});
