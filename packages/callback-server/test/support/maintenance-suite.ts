import { expect, onTestFinished, test } from 'vitest';
import { exportCallbacks } from '../../src/maintenance/export-callbacks.ts';
import { purge } from '../../src/maintenance/purge.ts';
import type { OpenedStore } from '../../src/store/open-store.ts';
import { accepted, callback } from './callbacks.ts';
import { claim, claimOne, failedAttempt } from './claims.ts';
import { incoming, later, start } from './incoming-callbacks.ts';
import type { Open } from './store-suite.ts';

/** Tests what maintenance promises on every engine, with encryption and without. */
export function testMaintenance(engine: string, prepare: () => Promise<Open>): void {
  const opened = async (): Promise<OpenedStore> => {
    const store = await (await prepare())();
    onTestFinished(() => store.close());
    return store;
  };
  const actor = 'a test';

  test(`${engine}: a purge replaces a delivered body with a masked copy`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler']);
    await store.keep(incoming('one'), []);
    const { id: young } = await store.keep({ ...incoming('two'), receivedAt: later(5) }, []);
    expect(await purge(store.maintenance, { actor, bodiesBefore: later(1) })).toMatchObject({ bodies: 0 });
    expect(await store.get(id)).toMatchObject({ held: 'body', body: expect.anything() });

    await store.settle('handler', [{ claim: await claimOne(store), settlement: { state: 'taken' } }]);
    expect(await purge(store.maintenance, { actor, bodiesBefore: later(1) })).toMatchObject({ bodies: 1 });
    const kept = await store.get(id);
    expect(kept).toMatchObject({
      held: 'masked',
      merchantId: 'one',
      seenCount: 2,
      masked: { merchantData: { name: '[PII]', status: 'accept' } },
    });
    expect(kept).not.toHaveProperty('body');
    expect(await store.get(young)).toMatchObject({ held: 'body' });
    expect(await store.keep(incoming('one'), ['handler'])).toEqual({ id, isNew: false });
    expect(await purge(store.maintenance, { actor, bodiesBefore: later(1) })).toMatchObject({ bodies: 0 });
  });

  test(`${engine}: a purge drops old callbacks and audit entries, and no open delivery`, async () => {
    const store = await opened();
    await Promise.all(upTo(250).map((number) => store.keep(incoming('one', number), [])));
    const { id: due } = await store.keep(incoming('two'), ['handler']);
    const { id: young } = await store.keep({ ...incoming('three'), receivedAt: later(5) }, []);
    const progress: number[] = [];
    const asked = { actor, callbacksBefore: later(1), auditBefore: later(1) };
    await store.maintenance.audit({ at: start, actor, action: 'old', details: {} });
    const purged = await purge(store.maintenance, asked, ({ callbacks }) => progress.push(callbacks));
    expect(purged).toEqual({ callbacks: 250, bodies: 0, audit: 1, damaged: 0 });
    expect(progress.length).toBeGreaterThan(1);
    expect((await store.list({})).map(({ id }) => id)).toEqual([young, due]);
    expect(await store.maintenance.auditTrail(10)).toMatchObject([
      { actor, action: 'purge', details: purged },
    ]);
  });

  test(`${engine}: the open deliveries of a removed route can be given up, purged, and opened again`, async () => {
    const store = await opened();
    const { giveUp, redeliver } = store.maintenance;
    const removed = { route: 'removed' };
    for (const number of upTo(3)) await store.keep(incoming('one', number), ['removed', 'handler']);
    await store.keep(incoming('two'), ['removed']);
    const claimed = await claimOne(store, 'removed');
    await expect(giveUp({ route: 'remuved' }, actor)).rejects.toThrow('deliveries: handler, removed.');
    expect(await giveUp({ ...removed, dryRun: true }, actor)).toBe(4);
    expect(await store.countOpen('removed')).toBe(4);

    expect(await giveUp(removed, actor)).toBe(4);
    expect(await store.countOpen('removed')).toBe(0);
    expect(await claim(store, 'removed')).toEqual([]);
    expect(await store.countOpen('handler')).toBe(3);
    await store.settle('removed', [{ claim: claimed, settlement: { state: 'taken' } }]);
    expect(await store.list({ delivery: { route: 'removed', state: 'dead' } })).toHaveLength(4);
    expect((await store.maintenance.auditTrail(1))[0]).toMatchObject({
      action: 'give-up',
      details: { route: 'removed', deliveries: 4 },
    });
    expect(await redeliver(removed, { takesEvent: () => true }, actor)).toMatchObject({ dead: 4 });
    expect(await claim(store, 'removed')).toHaveLength(2);
    expect(await giveUp(removed, actor)).toBe(4);
    expect(await purge(store.maintenance, { actor, callbacksBefore: later(1) })).toMatchObject({
      callbacks: 1,
    });
  });

  test(`${engine}: if the delivery of one callback is given up, the next delivery of its merchant is due at once`, async () => {
    const store = await opened();
    const { giveUp } = store.maintenance;
    const [first, second] = [
      await store.keep(incoming('one', 1), ['handler', 'forward']),
      await store.keep(incoming('one', 2), ['handler']),
    ];
    await store.settle('handler', [failedAttempt(await claimOne(store), 3_600_000)]);
    const asked = { route: 'handler', ids: [first.id] };
    expect(await giveUp({ ...asked, dryRun: true }, actor)).toBe(1);
    expect(await claim(store)).toEqual([]);
    expect(await giveUp(asked, actor)).toBe(1);
    expect(await giveUp(asked, actor)).toBe(0);
    expect(await claimOne(store)).toMatchObject({ callbackId: second.id, attempt: 1 });
    expect(await Promise.all(['handler', 'forward'].map(store.countOpen))).toEqual([1, 1]);
    expect((await store.get(first.id))?.deliveries).toMatchObject([
      { route: 'forward', state: 'due' },
      { route: 'handler', state: 'dead' },
    ]);
    expect(await store.maintenance.auditTrail(2)).toMatchObject([
      { action: 'give-up', details: { deliveries: 0 } },
      { action: 'give-up', details: { route: 'handler', ids: first.id, deliveries: 1 } },
    ]);
  });

  test(`${engine}: a delivery that is given up during its attempt stays dead, and a later one keeps all attempts`, async () => {
    const store = await opened();
    const ids = [];
    for (const number of upTo(3)) ids.push((await store.keep(incoming('one', number), ['handler'])).id);
    const [first = '', second = ''] = ids;
    const running = await claimOne(store);
    expect(await store.maintenance.giveUp({ route: 'handler', ids: [second] }, actor)).toBe(1);
    expect(await store.settle('handler', [failedAttempt(running, 0)])).toEqual([true]);
    const again = await claimOne(store);
    expect(again).toMatchObject({ callbackId: first, attempt: 2 });
    expect(await store.maintenance.giveUp({ route: 'handler', ids: [first] }, actor)).toBe(1);
    expect(await store.settle('handler', [{ claim: again, settlement: { state: 'taken' } }])).toEqual([
      false,
    ]);
    expect(await claimOne(store)).toMatchObject({ callbackId: ids[2], attempt: 1 });
    expect(await store.list({ delivery: { route: 'handler', state: 'dead' } })).toHaveLength(2);
  });

  test(`${engine}: erasing a merchant removes its data, and its next callback is stored`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), ['handler']);
    await store.keep(incoming('one'), []);
    const { id: other } = await store.keep(incoming('two'), []);
    expect(await store.maintenance.erase('one', actor)).toBe(1);

    const kept = await store.get(id);
    expect(kept).toMatchObject({ held: 'nothing', masked: null, violations: [], seenCount: 2 });
    for (const gone of ['body', 'merchantId', 'status', 'bodySha256']) expect(kept).not.toHaveProperty(gone);
    expect(kept?.deliveries.map(({ state }) => state)).toEqual(['dead']);
    expect(await claim(store)).toEqual([]);
    expect(await store.countOpen('handler')).toBe(0);
    expect(await store.get(other)).toMatchObject({ held: 'body', merchantId: 'two' });
    expect(await store.maintenance.verify(fail)).toMatchObject({ callbacks: 2, problems: 0 });

    const { id: next } = await store.keep(incoming('one', 2), ['handler']);
    expect(await store.get(next)).toMatchObject({ held: 'body', merchantId: 'one' });
    expect((await claimOne(store)).callbackId).toBe(next);
    const [entry] = await store.maintenance.auditTrail(1);
    expect(entry).toMatchObject({ action: 'erase', details: { callbacks: 1 } });
  });

  test(`${engine}: a repeat after an erasure can be erased again`, async () => {
    const store = await opened();
    const { id } = await store.keep(incoming('one'), []);
    const sendersOf = async () => (await store.get(id))?.receipts.map(({ userAgent }) => userAgent);
    expect(await sendersOf()).toEqual(['provider/1.0']);
    await store.maintenance.erase('one', actor);
    expect(await sendersOf()).toEqual([null]);

    await store.keep(incoming('one'), []);
    expect(await sendersOf()).toEqual([null, 'provider/1.0']);
    expect(await store.maintenance.erase('one', actor)).toBe(1);
    expect(await sendersOf()).toEqual([null, null]);
    expect(await store.maintenance.verify(fail)).toMatchObject({ callbacks: 1, problems: 0 });
    expect(await store.maintenance.erase('one', actor)).toBe(0);
  });

  test(`${engine}: an invalid callback is listed, exported and erased with its merchant`, async () => {
    const store = await opened();
    const { id } = await store.keep(
      accepted(callback('accept', { id: 'one', status: undefined }), start),
      [],
    );
    const { id: other } = await store.keep(accepted(callback('accept', { id: 'two', status: 7 }), start), []);
    expect(await store.list({ merchantId: 'one' })).toMatchObject([{ id, verdict: 'invalid' }]);
    const exported = [];
    for await (const line of exportCallbacks(store.maintenance, { actor, merchantId: 'one' }))
      exported.push(JSON.parse(line).id);
    expect(exported).toEqual([id]);

    expect(await store.maintenance.erase('one', actor)).toBe(1);
    const kept = await store.get(id);
    expect(kept).toMatchObject({ verdict: 'invalid', held: 'nothing', masked: null, violations: [] });
    for (const gone of ['body', 'merchantId', 'bodySha256']) expect(kept).not.toHaveProperty(gone);
    expect(await store.get(other)).toMatchObject({ held: 'body', merchantId: 'two' });
    expect(await store.maintenance.verify(fail)).toMatchObject({ callbacks: 2, problems: 0 });
  });

  test(`${engine}: callbacks that arrive during an erasure are stored and readable`, async () => {
    const store = await opened();
    const keeping = upTo(60).map((number) => store.keep(incoming('one', number), []));
    const erasing = [store.maintenance.erase('one', actor), store.maintenance.erase('one', actor)];
    const more = upTo(60).map((number) => store.keep(incoming('one', 1000 + number), []));
    await Promise.all([...keeping, ...erasing, ...more]);
    expect(await store.maintenance.verify(fail)).toMatchObject({ callbacks: 120, problems: 0 });
  });

  test(`${engine}: verify finds no problem in stored and masked bodies`, async () => {
    const store = await opened();
    await Promise.all(upTo(120).map((number) => store.keep(incoming('one', number), [])));
    await purge(store.maintenance, { actor, bodiesBefore: start });
    expect(await store.maintenance.verify(fail)).toMatchObject({ callbacks: 120, problems: 0 });
  });

  test(`${engine}: an export writes one merchant, masked or exact, and the audit records the export`, async () => {
    const store = await opened();
    const exported = incoming('one');
    await store.keep(exported, []);
    await store.keep(incoming('two'), []);
    const lines = async (bodies: 'masked' | 'exact') => {
      const found = [];
      for await (const line of exportCallbacks(store.maintenance, { actor, merchantId: 'one', bodies }))
        found.push(JSON.parse(line));
      return found;
    };
    const [masked, ...others] = await lines('masked');
    expect(others).toEqual([]);
    expect(masked).toMatchObject({
      merchantId: 'one',
      body: { merchantData: { name: '[PII]' } },
      receipts: [{ address: '192.0.2.1', userAgent: 'provider/1.0' }],
    });
    expect(JSON.stringify(masked)).not.toContain('Asha');
    const [exact] = await lines('exact');
    expect(Buffer.from(exact.bodyBase64, 'base64')).toEqual(Buffer.from(exported.body));
    expect(
      (await store.maintenance.auditTrail(10)).map(({ action, details }) => [action, details['bodies']]),
    ).toEqual([
      ['export', 'exact'],
      ['export', 'masked'],
    ]);
  });
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

function fail(problem: object): void {
  throw new Error(JSON.stringify(problem));
}
