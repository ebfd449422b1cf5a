import { expect, onTestFinished, test, vi } from 'vitest';
import { purge } from '../../src/maintenance/purge.ts';
import type { OpenedStore } from '../../src/store/open-store.ts';
import { SavedFilterError } from '../../src/store/saved-filters.ts';
import type { Open } from './store-suite.ts';

const [id, proof] = [Buffer.alloc(32, 'id'), Buffer.alloc(32, 'proof')];
const minuteMs = 60_000;

/** Sets the clock to a number of minutes after 2026-01-01. The clock is right again after the test. */
function setClock(minutes: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01').getTime() + minutes * minuteMs });
  onTestFinished(() => void vi.useRealTimers());
}

/** Tests what every engine promises of the sessions and filters of the inbox. */
export function testInbox(engine: string, prepare: () => Promise<Open>): void {
  const opened = async (): Promise<OpenedStore> => {
    const store = await (await prepare())();
    onTestFinished(() => store.close());
    return store;
  };

  test(`${engine}: a session is found by the hash of its id until it is dropped, and after a restart`, async () => {
    const open = await prepare();
    const first = await open();
    await first.sessions.add(id, 'asha', proof);
    await first.close();
    const store = await open();
    onTestFinished(() => store.close());
    const found = await store.sessions.find(id);
    expect(found).toMatchObject({ name: 'asha', createdAt: found?.seenAt });
    expect(Buffer.from(found?.proof ?? [])).toEqual(proof);
    expect(await store.sessions.find(Buffer.alloc(32))).toBeUndefined();
    await store.sessions.touch(id);
    await store.sessions.drop(id);
    expect(await store.sessions.find(id)).toBeUndefined();
  });

  test(`${engine}: a session ends after an hour without a request, and after twelve hours anyway`, async () => {
    const { sessions } = await opened();
    const isFound = async () => (await sessions.find(id)) !== undefined;
    setClock(0);
    await sessions.add(id, 'asha', proof);
    for (let minutes = 60; minutes <= 720; minutes += 60) {
      setClock(minutes);
      expect(await isFound(), `after ${minutes} minutes`).toBe(true);
      await sessions.touch(id);
    }
    setClock(721);
    expect(await isFound()).toBe(false);
    setClock(0);
    await sessions.drop(id);
    await sessions.add(id, 'asha', proof);
    setClock(61);
    expect(await isFound()).toBe(false);
  });

  test(`${engine}: a session whose begin is more than five minutes in the future has ended`, async () => {
    const { sessions } = await opened();
    setClock(1000);
    await sessions.add(id, 'asha', proof);
    setClock(994);
    expect(await sessions.find(id)).toBeUndefined();
    setClock(996);
    expect(await sessions.find(id)).toBeDefined();
  });

  test(`${engine}: a purge drops sessions that have ended by their age or by the clock, and keeps the others`, async () => {
    const { sessions, maintenance } = await opened();
    const ids = [0, 720, 1400].map((minutes) => ({ minutes, id: Buffer.alloc(32, `${minutes}`) }));
    for (const each of ids) {
      setClock(each.minutes);
      await sessions.add(each.id, 'asha', proof);
    }
    setClock(721);
    await purge(maintenance, { actor: 'a test' });
    const found: boolean[] = [];
    for (const each of ids) {
      setClock(each.minutes);
      found.push((await sessions.find(each.id)) !== undefined);
    }
    expect(found).toEqual([false, true, false]);
  });

  test(`${engine}: a visitor has at most twenty sessions, and the next one ends the oldest`, async () => {
    const { sessions } = await opened();
    const ids = Array.from({ length: 21 }, (_, at) => Buffer.alloc(32, at + 1));
    setClock(0);
    await sessions.add(id, 'vera', proof);
    for (const [minutes, each] of ids.entries()) {
      setClock(minutes);
      await sessions.add(each, 'asha', proof);
    }
    const found = await Promise.all([id, ...ids].map((each) => sessions.find(each)));
    expect(found.map((session) => session !== undefined)).toEqual([
      true,
      false,
      ...ids.slice(1).map(() => true),
    ]);
  });

  test(`${engine}: a filter belongs to its owner, and a filter of the same name replaces it`, async () => {
    const { savedFilters } = await opened();
    await savedFilters.save('asha', 'b', 'event=accept');
    await savedFilters.save('asha', "a'; --", 'verdict=drift');
    await savedFilters.save('asha', 'b', 'event=reject');
    await savedFilters.save('vera', 'b', '');
    expect(await savedFilters.list('asha')).toEqual([
      { name: "a'; --", query: 'verdict=drift' },
      { name: 'b', query: 'event=reject' },
    ]);
    for (const name of ['b', 'none', 'b\u0000']) await savedFilters.remove('asha', name);
    expect(await savedFilters.list('asha')).toHaveLength(1);
    expect(await savedFilters.list('vera')).toEqual([{ name: 'b', query: '' }]);
  });

  test(`${engine}: an owner has at most fifty filters, and can still replace a filter`, async () => {
    const { savedFilters } = await opened();
    for (let at = 0; at < 50; at++) await savedFilters.save('asha', `filter ${at}`, 'event=accept');
    await expect(savedFilters.save('asha', 'filter 50', '')).rejects.toThrow('50 filters already');
    await savedFilters.save('asha', 'filter 49', 'event=reject');
    await savedFilters.save('vera', 'filter 50', '');
    expect(await savedFilters.list('asha')).toHaveLength(50);
  });

  test(`${engine}: a filter without a name, too long or of one merchant is not saved`, async () => {
    const { savedFilters } = await opened();
    for (const [name, query] of [
      ['', 'event=accept'],
      [' ', 'event=accept'],
      ['a\u0000b', 'event=accept'],
      ['a\ud800', 'event=accept'],
      ['x'.repeat(61), 'event=accept'],
      ['one', 'x'.repeat(501)],
      ['one', 'event=accept&merchantId=one'],
      ['one', 'signzyAppId=one'],
      ['one', 'signzyApp%49d=one'],
    ] as const)
      await expect(savedFilters.save('asha', name, query)).rejects.toBeInstanceOf(SavedFilterError);
    expect(await savedFilters.list('asha')).toEqual([]);
  });
}
