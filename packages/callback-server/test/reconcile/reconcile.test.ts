import { requests } from '@partner-ecosystem/openapi/examples';
import { expect, test } from 'vitest';
import type { CallbackServerEvent, CallbackServerOptions } from '../../src/index.ts';
import { bothEngines } from '../support/both-engines.ts';
import { startConfirming } from '../support/confirming-server.ts';
import { eventually } from '../support/eventually.ts';
import { createMigratedDatabase } from '../support/shared-postgres.ts';

const { realmId } = requests.createMerchant.customer;
const masterKeys = [{ id: 'first', key: Buffer.alloc(32, 'k') }];
const adminTokens = ['not-a-real-admin-token'];
const authorization = `Bearer ${adminTokens[0]}`;

/** A server whose first checks of merchants are due after 100 ms. */
function startReconciling(
  databaseUrl: string,
  options: Partial<CallbackServerOptions> = {},
  send?: Parameters<typeof startConfirming>[1],
) {
  return startConfirming({ databaseUrl, reconcileMs: 100, adminTokens, ...options }, send);
}

for (const [engine, databaseOf] of bothEngines) {
  test(`${engine}: a decision whose callback is lost is delivered once, marked as recovered`, async () => {
    const events: CallbackServerEvent[] = [];
    const { server, pendingMerchant, sandbox, received, words } = await startReconciling(await databaseOf(), {
      masterKeys,
      onEvent: (event) => events.push(event),
    });
    const merchantId = await pendingMerchant();
    await server.merchants.expect([{ merchantId, realmId }]);
    await eventually(() => expect(words()).toEqual(['pending recovered']));
    sandbox.backOffice.accept(merchantId);
    await eventually(() => expect(words()).toEqual(['pending recovered', 'accept recovered']));
    expect(received[1]).toMatchObject({ payload: { merchantData: { id: merchantId, realmId } } });
    expect(received[1]?.pulled?.result.merchantData.basicDetails).toMatchObject({ status: 'accept' });
    sandbox.backOffice.reject(merchantId);
    await eventually(() => expect(words().slice(2)).toEqual(['reject recovered']));
    const metrics = await server.metrics();
    expect(metrics).toContain('callback_server_recovered_total{event="accept"} 1');
    expect(metrics).toContain('callback_server_confirmations_total{state="confirmed"} 0');
    expect(events).toContainEqual({ type: 'recovered', callbackId: received[1]?.id, event: 'accept' });
    const [kept] = await server.callbacks.list({ event: 'accept' });
    expect(kept).toMatchObject({ confirmation: { state: 'recovered' }, verdict: expect.any(String) });
  });

  test(`${engine}: merchants of delivered callbacks are expected, and merchants of waiting callbacks are not`, async () => {
    const { server, post, pendingMerchant, words, sandbox } = await startReconciling(await databaseOf(), {
      reconcileMs: 3_600_000,
      agreeMs: 3_600_000,
    });
    const [one, two] = [await pendingMerchant(), await pendingMerchant()];
    const bodyOf = (id: string, status: string) => JSON.stringify({ merchantData: { id, status, realmId } });
    await post('pending', bodyOf(one, 'pending'));
    await post('accept', bodyOf(two, 'accept'));
    await eventually(() => expect(words()).toEqual(['pending']));
    const ids = async () => (await server.merchants.list({})).map(({ merchantId }) => merchantId);
    await eventually(async () => expect(await ids()).toEqual([one]));
    sandbox.backOffice.accept(two);
    await eventually(async () => expect((await ids()).sort()).toEqual([one, two].sort()));
  });

  test(`${engine}: a decision whose callback arrives is not recovered as well`, async () => {
    const { server, post, pendingMerchant, sandbox, words } = await startReconciling(await databaseOf());
    const id = await pendingMerchant();
    sandbox.backOffice.accept(id);
    await post('accept', JSON.stringify({ merchantData: { id, status: 'accept', realmId } }));
    await eventually(() => expect(words()).toEqual(['accept confirmed']));
    const pulls = async () =>
      Number(/pulls_total\{outcome="found"\} (\d+)/.exec(await server.metrics())?.[1]);
    const before = await pulls();
    await eventually(async () => expect(await pulls()).toBeGreaterThan(before + 2));
    expect(words()).toEqual(['accept confirmed']);
    expect(await server.merchants.counts()).toMatchObject({ known: 1, unverifiable: 0 });
  });

  test(`${engine}: a merchant that no pull verifies is listed as unverifiable, and recovers`, async () => {
    let isDown = true;
    const { server, pendingMerchant, words } = await startReconciling(
      await databaseOf(),
      { unverifiableMs: 200 },
      (request, next) => (isDown ? Promise.reject(new TypeError('down')) : next(request)),
    );
    const merchantId = await pendingMerchant();
    await server.merchants.expect([{ merchantId, realmId }]);
    await eventually(async () =>
      expect(await server.merchants.list({ state: 'unverifiable' })).toMatchObject([
        { merchantId, reason: expect.stringMatching(/^the pull failed/) },
      ]),
    );
    expect(await server.metrics()).toContain('callback_server_merchants{state="unverifiable"} 1');
    isDown = false;
    await eventually(() => expect(words()).toEqual(['pending recovered']));
    expect(await server.merchants.counts()).toMatchObject({ known: 1, unverifiable: 0 });
  });

  test(`${engine}: an operator imports merchants, and sees how they stand`, async () => {
    const { adminUrl, pendingMerchant } = await startReconciling(await databaseOf(), { reconcileMs: 60_000 });
    const id = await pendingMerchant();
    const send = (path: string, init?: RequestInit) =>
      fetch(`${adminUrl}${path}`, { headers: { authorization }, ...init });
    const list = { method: 'POST', body: `merchantId,realmId\n${id},${realmId}\nother,${realmId}\n` };
    expect((await send('/merchants', { ...list, headers: {} })).status).toBe(401);
    expect(await (await send('/merchants', list)).json()).toEqual({ merchants: 2 });
    expect((await send('/merchants', { method: 'POST', body: 'canary' })).status).toBe(400);
    const counts = { known: 2, inStep: 2, overdue: 0, unverifiable: 0, oldestOverdueMs: null };
    expect(await (await send('/reconcile')).json()).toEqual(counts);
    expect(await (await send('/merchants?state=in-step&limit=1')).json()).toMatchObject([{ realmId }]);
    expect((await send('/merchants?state=lost')).status).toBe(400);
    const [entry] = (await (await send('/audit')).json()) as { action: string; details: object }[];
    expect(entry).toMatchObject({ action: 'expect', details: { merchants: 2 } });
  });
}

test('of several servers on one database, one checks merchants, and another takes over when it stops', async () => {
  const databaseUrl = await createMigratedDatabase();
  const options = { reconcileMs: 50, pullsPerMinute: 60_000 };
  const servers: Awaited<ReturnType<typeof startReconciling>>[] = [];
  for (const _ of [1, 2, 3]) servers.push(await startReconciling(databaseUrl, options));
  const merchantId = await (servers[0] ?? (await startReconciling(databaseUrl))).pendingMerchant();
  await servers[0]?.server.merchants.expect([{ merchantId, realmId }]);
  const pullsOf = async ({ server }: (typeof servers)[number]) =>
    (await server.metrics()).match(/pulls_total\{outcome="(?!found"\} 0|not-found"\} 0)[^"]+"\} [1-9]/g) ??
    [];
  const busy = async (among: typeof servers) => {
    const pulls = await Promise.all(among.map(pullsOf));
    return among.filter((_, index) => pulls[index]?.length);
  };
  await eventually(async () => expect(await busy(servers)).toHaveLength(1));
  const [first] = await busy(servers);
  await first?.server.stop();
  const others = servers.filter((server) => server !== first);
  await eventually(async () => expect(await busy(others)).toHaveLength(1));
});
