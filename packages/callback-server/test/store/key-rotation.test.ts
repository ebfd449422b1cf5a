import { expect, onTestFinished, test } from 'vitest';
import type { CallbackServerEvent } from '../../src/server/callback-server-event.ts';
import type { MasterKey, StoreNotice, StoreOptions } from '../../src/store/engine/store-options.ts';
import { type OpenedStore, openStore } from '../../src/store/open-store.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { incoming, start } from '../support/incoming-callbacks.ts';
import { masterKey } from '../support/master-keys.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { serve } from '../support/running-binary.ts';
import { startServer } from '../support/running-server.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';

const [oldKey, newKey] = [masterKey('old'), masterKey('new')];

async function open(
  url: string,
  masterKeys: MasterKey[],
  options: Partial<StoreOptions> = {},
): Promise<OpenedStore> {
  const store = await openStore(url, {
    masterKeys,
    leaseMs: 1,
    onFatal: (error) => {
      throw error;
    },
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}

async function exported(store: OpenedStore) {
  const callbacks = [];
  for await (const each of store.maintenance.callbacks()) callbacks.push(each);
  return callbacks;
}

test('a server with a retired master key stores nothing that nobody could read', async () => {
  const url = await createMigratedDatabase();
  const running = await open(url, [oldKey]);
  await running.keep(incoming('known'), ['handler']);
  const rotating = await open(url, [newKey, oldKey]);
  expect(await rotating.maintenance.rewrapKeys('a test')).toMatchObject({ unreadable: 0 });

  // The data key of a known merchant is in memory, and stays the same.
  await running.keep(incoming('known', 2), ['handler']);
  await expect(running.keep(incoming('unknown'), [])).rejects.toMatchObject({
    name: 'MasterKeyError',
    code: 'MASTER_KEY_MISSING',
    message:
      'Master key "new", which wraps data keys of this database, is missing. Add it to MASTER_KEYS, after the first.',
  });
  await expect(running.probe(start)).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING' });

  const after = await open(url, [newKey]);
  await after.keep(incoming('unknown'), []);
  const listed = await after.list({});
  expect(listed.map(({ merchantId, held }) => [merchantId, held])).toEqual([
    ['unknown', 'body'],
    ['known', 'body'],
    ['known', 'body'],
  ]);
  expect((await exported(after)).map(({ held }) => held)).toEqual(['body', 'body', 'body']);
  for (const { id } of listed) expect(await after.get(id)).toMatchObject({ held: 'body' });
});

test('a server with both master keys goes on, whichever key is first in its settings', async () => {
  const url = await createMigratedDatabase();
  const running = await open(url, [oldKey, newKey]);
  await running.keep(incoming('one'), []);
  await (await open(url, [newKey, oldKey])).maintenance.rewrapKeys('a test');
  await running.keep(incoming('two'), []);
  await running.probe(start);
  expect(await (await open(url, [newKey])).list({})).toMatchObject([{ held: 'body' }, { held: 'body' }]);
});

test('rewrapping while servers store new merchants misses no data key', async () => {
  const url = await createMigratedDatabase();
  const running = await open(url, [oldKey, newKey]);
  const rotating = await open(url, [newKey, oldKey]);
  let isRewrapped = false;
  const senders = Array.from({ length: 4 }, async (_, sender) => {
    for (let count = 0; count < 5 || !isRewrapped; count++)
      await running.keep(incoming(`${sender}-${count}`), []);
  });
  await rotating.maintenance.rewrapKeys('a test');
  isRewrapped = true;
  await Promise.all(senders);
  const after = await open(url, [newKey]);
  const listed = await after.list({ limit: 10_000 });
  expect(new Set(listed.map(({ held }) => held))).toEqual(new Set(['body']));
});

test('a start with the new key alone names the key that an interrupted rewrap has left in use', async () => {
  const url = await createMigratedDatabase();
  await (await open(url, [oldKey])).keep(incoming('one'), []);
  await open(url, [newKey, oldKey]);
  // As if the rewrap had ended after its first step.
  await postgres.query(url, `DELETE FROM master_keys WHERE id = 'old'`);
  await expect(open(url, [newKey])).rejects.toThrow(
    'Master key "old", which wraps data keys of this database',
  );
  const { maintenance } = await open(url, [newKey, oldKey]);
  expect(await maintenance.rewrapKeys('a test')).toEqual({ rewrapped: 2, unreadable: 0 });
  expect(await (await open(url, [newKey])).list({})).toMatchObject([{ merchantId: 'one' }]);
});

test('a damaged data key does not keep the others from being rewrapped', async () => {
  const url = await createMigratedDatabase();
  const before = await open(url, [oldKey]);
  for (const merchant of ['one', 'two', 'three']) await before.keep(incoming(merchant), []);
  await postgres.query(
    url,
    `UPDATE data_keys SET wrapped = '\\x00' WHERE id = (SELECT data_key FROM callbacks ORDER BY sequence LIMIT 1)`,
  );
  const { maintenance } = await open(url, [newKey, oldKey]);
  expect(await maintenance.rewrapKeys('a test')).toEqual({ rewrapped: 3, unreadable: 1 });
  const listed = await (await open(url, [newKey, oldKey])).list({});
  expect(listed.map(({ held }) => held)).toEqual(['body', 'body', 'unreadable']);
});

test('a mix of master keys is said at the start, by their ids', async () => {
  const url = await createMigratedDatabase();
  await open(url, [oldKey]);
  const notices: StoreNotice[] = [];
  const onNotice = (notice: StoreNotice) => notices.push(notice);
  await open(url, [oldKey], { onNotice });
  expect(notices).toEqual([]);
  const { maintenance } = await open(url, [newKey, oldKey], { onNotice });
  expect(notices).toEqual([{ code: 'MASTER_KEYS_DIFFER', masterKeys: ['old'] }]);
  await maintenance.rewrapKeys('a test');
  await open(url, [newKey], { onNotice });
  expect(notices).toHaveLength(1);
});

test('servers with different master keys that start on an empty database agree on one key', async () => {
  const url = await createMigratedDatabase();
  await open(url, []);
  const keys = Array.from({ length: 6 }, (_, index) => masterKey(`key-${index}`));
  const starts = await Promise.allSettled(keys.map((key) => open(url, [key])));
  expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const winner = keys.filter((_, index) => starts[index]?.status === 'fulfilled');
  const again = await open(url, winner);
  await expect(again.keep(incoming('one'), [])).resolves.toMatchObject({ isNew: true });
});

test('a server without master keys refuses a database that another has encrypted meanwhile', async () => {
  const url = await createMigratedDatabase();
  const plain = await open(url, []);
  await plain.probe(start);
  const encrypting = await open(url, [oldKey]);
  const fault = { name: 'MasterKeyError', code: 'DATABASE_ENCRYPTED' };
  await expect(plain.keep(incoming('one'), ['handler'])).rejects.toMatchObject(fault);
  await expect(plain.probe(start)).rejects.toMatchObject(fault);
  await expect(plain.maintenance.erase('one', 'a test')).rejects.toMatchObject(fault);
  const { id } = await encrypting.keep(incoming('two'), ['handler']);
  expect(await plain.list({})).toMatchObject([{ id, held: 'unreadable', violations: [] }]);
  expect(await encrypting.list({})).toMatchObject([{ id, merchantId: 'two', held: 'body' }]);
});

test('while one server encrypts the database, no other stores plaintext in it', async () => {
  const url = await createMigratedDatabase();
  const plain = await open(url, []);
  const senders = Array.from({ length: 20 }, (_, index) => plain.keep(incoming(`plain-${index}`), []));
  const [encrypted, ...kept] = await Promise.allSettled([open(url, [oldKey]), ...senders]);
  const isStored = kept.some(({ status }) => status === 'fulfilled');
  // Either it was still empty, or it stays plaintext.
  expect(isStored).toBe(encrypted?.status === 'rejected');
  expect(await postgres.query(url, 'SELECT FROM callbacks WHERE data_key IS NULL')).toHaveLength(
    kept.filter(({ status }) => status === 'fulfilled').length,
  );
});

test('a server leaves callbacks that it cannot read to other servers, and never gives them up', async () => {
  const url = await createMigratedDatabase();
  const plain = await open(url, []);
  const encrypting = await open(url, [oldKey]);
  const { id } = await encrypting.keep(incoming('one'), ['handler']);
  const limits = { fresh: 10, retries: 10 };
  expect(await plain.claim('handler', limits)).toEqual({ claims: [], givenUp: [], unreadable: 1 });
  await expect(plain.claim('handler', limits)).rejects.toMatchObject({ code: 'DATABASE_ENCRYPTED' });
  // The others need not wait for it.
  expect(await encrypting.claim('handler', limits)).toMatchObject({
    claims: [{ callbackId: id, attempt: 1 }],
  });
  expect((await encrypting.get(id))?.deliveries).toMatchObject([
    { state: expect.not.stringMatching('dead') },
  ]);
  // A purge does not destroy it either.
  const purged = plain.maintenance.maskBodies(new Date('2100-01-01'), () => {}).next();
  await purged.catch(() => {});
  expect(await encrypting.get(id)).toMatchObject({ held: 'body' });
});

test('beside a server without master keys, each callback reaches a server that has them', async () => {
  const databaseUrl = await createMigratedDatabase();
  const taken: string[] = [];
  const faults: string[] = [];
  const onEvent = (event: CallbackServerEvent) => {
    if (event.type === 'fault') faults.push(event.code ?? event.name);
  };
  const plain = await startServer({ databaseUrl, onEvent }, (server) => {
    server.on('accept', () => void taken.push('by the wrong server'));
  });
  const { post, server } = await startServer({ databaseUrl, masterKeys: [oldKey] }, (encrypting) => {
    encrypting.on('accept', ({ payload }) => void taken.push(payload.merchantData?.id ?? ''));
  });
  const ids = Array.from({ length: 20 }, (_, index) => `merchant-${index}`);
  for (const id of ids) {
    expect((await post('accept', callback('accept', { id }))).status).toBe(200);
    plain.server.dispatch();
  }
  await eventually(() => expect(taken.toSorted()).toEqual(ids.toSorted()));
  expect((await plain.post('accept', callback('accept', { id: 'unknown' }))).status).toBe(503);
  expect(faults).toContain('DATABASE_ENCRYPTED');
  expect((await fetch(`${plain.url}/health/ready`)).status).toBe(503);
  for (const { deliveries } of await server.callbacks.list())
    expect(deliveries).toMatchObject([{ state: expect.not.stringMatching('dead') }]);
});

test('a damaged row is an error of that row only', async () => {
  const url = await createMigratedDatabase();
  const store = await open(url, [oldKey]);
  for (const merchant of ['one', 'two', 'three']) await store.keep(incoming(merchant), []);
  await postgres.query(url, `UPDATE callbacks SET details = '\\x00' WHERE sequence = 2`);
  const held = ['body', 'unreadable', 'body'];
  expect((await store.list({})).map((each) => each.held)).toEqual(held);
  expect((await exported(store)).map((each) => each.held)).toEqual(held);
  const problems: unknown[] = [];
  await store.maintenance.verify((problem) => problems.push(problem));
  expect(problems).toMatchObject([{ what: 'callback', problem: 'cannot be read: UnreadableError' }]);
});

test('after rewrap-keys a server without the new key is not ready, and names the fault', async () => {
  const url = await createMigratedDatabase();
  const [first, second] = ['k', 'n'].map(
    (fill, index) => `key-${index}:${Buffer.alloc(32, fill).toString('base64')}`,
  );
  const server = await serve('', { DATABASE_URL: url, MASTER_KEYS: first ?? '' });
  const ready = async () => (await fetch(`${server.url}/health/ready`)).status;
  expect(await ready()).toBe(200);
  const rewrap = runInProcess(['rewrap-keys'], { DATABASE_URL: url, MASTER_KEYS: `${second},${first}` });
  expect(await rewrap.exit).toBe(0);
  expect(rewrap.output()).toContain('Other master keys wrap data keys too: key-0.');
  const { status } = await fetch(`${server.url}/callbacks/${token}/accept`, {
    method: 'POST',
    body: callback('accept', { id: 'unknown' }),
    headers: { 'content-type': 'application/json' },
  });
  expect(status).toBe(503);
  await expect.poll(ready).toBe(503);
  await eventually(() =>
    expect(server.output()).toMatch(/"level":"error".*"name":"MasterKeyError","code":"MASTER_KEY_MISSING"/),
  );
});
