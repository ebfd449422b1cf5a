import { expect, test } from 'vitest';
import type { StoreNotice } from '../../src/store/engine/store-options.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { exportedCallbacks } from '../support/exported-callbacks.ts';
import { incoming, start } from '../support/incoming-callbacks.ts';
import { masterKey } from '../support/master-keys.ts';
import { newKey, oldKey, openWithKeys } from '../support/open-with-keys.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { serve } from '../support/running-binary.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';

test('a server with a retired master key stores no unreadable callback', async () => {
  const url = await createMigratedDatabase();
  const running = await openWithKeys(url, [oldKey]);
  await running.keep(incoming('known'), ['handler']);
  const rotating = await openWithKeys(url, [newKey, oldKey]);
  expect(await rotating.maintenance.rewrapKeys('a test')).toMatchObject({ unreadable: 0 });

  // The data key of a known merchant is in memory, and stays the same.
  await running.keep(incoming('known', 2), ['handler']);
  await expect(running.keep(incoming('unknown'), [])).rejects.toMatchObject({
    name: 'MasterKeyError',
    code: 'MASTER_KEY_MISSING',
    message:
      'Master key "new", which wraps data keys of this database, is missing. Add it to MASTER_KEYS, after the first key.',
  });
  await expect(running.probe(start)).rejects.toMatchObject({ code: 'MASTER_KEY_MISSING' });

  const after = await openWithKeys(url, [newKey]);
  await after.keep(incoming('unknown'), []);
  const listed = await after.list({});
  expect(listed.map(({ merchantId, held }) => [merchantId, held])).toEqual([
    ['unknown', 'body'],
    ['known', 'body'],
    ['known', 'body'],
  ]);
  expect((await exportedCallbacks(after)).map(({ held }) => held)).toEqual(['body', 'body', 'body']);
  for (const { id } of listed) expect(await after.get(id)).toMatchObject({ held: 'body' });
});

test('a server with both master keys goes on, whichever key is first in its settings', async () => {
  const url = await createMigratedDatabase();
  const running = await openWithKeys(url, [oldKey, newKey]);
  await running.keep(incoming('one'), []);
  await (await openWithKeys(url, [newKey, oldKey])).maintenance.rewrapKeys('a test');
  await running.keep(incoming('two'), []);
  await running.probe(start);
  expect(await (await openWithKeys(url, [newKey])).list({})).toMatchObject([
    { held: 'body' },
    { held: 'body' },
  ]);
});

test('rewrapping while servers store new merchants misses no data key', async () => {
  const url = await createMigratedDatabase();
  const running = await openWithKeys(url, [oldKey, newKey]);
  const rotating = await openWithKeys(url, [newKey, oldKey]);
  let isRewrapped = false;
  const senders = Array.from({ length: 4 }, async (_, sender) => {
    for (let count = 0; count < 5 || !isRewrapped; count++)
      await running.keep(incoming(`${sender}-${count}`), []);
  });
  await rotating.maintenance.rewrapKeys('a test');
  isRewrapped = true;
  await Promise.all(senders);
  const after = await openWithKeys(url, [newKey]);
  const listed = await after.list({ limit: 10_000 });
  expect(new Set(listed.map(({ held }) => held))).toEqual(new Set(['body']));
});

test('a start with the new key alone names the key that an interrupted rewrap has left in use', async () => {
  const url = await createMigratedDatabase();
  await (await openWithKeys(url, [oldKey])).keep(incoming('one'), []);
  await openWithKeys(url, [newKey, oldKey]);
  // As if the rewrap had ended after its first step.
  await postgres.query(url, `DELETE FROM master_keys WHERE id = 'old'`);
  await expect(openWithKeys(url, [newKey])).rejects.toThrow(
    'Master key "old", which wraps data keys of this database',
  );
  const { maintenance } = await openWithKeys(url, [newKey, oldKey]);
  expect(await maintenance.rewrapKeys('a test')).toEqual({ rewrapped: 2, unreadable: 0 });
  expect(await (await openWithKeys(url, [newKey])).list({})).toMatchObject([{ merchantId: 'one' }]);
});

test('a damaged data key does not stop the rewrap of the other data keys', async () => {
  const url = await createMigratedDatabase();
  const before = await openWithKeys(url, [oldKey]);
  for (const merchant of ['one', 'two', 'three']) await before.keep(incoming(merchant), []);
  await postgres.query(
    url,
    `UPDATE data_keys SET wrapped = '\\x00' WHERE id = (SELECT data_key FROM callbacks ORDER BY sequence LIMIT 1)`,
  );
  const { maintenance } = await openWithKeys(url, [newKey, oldKey]);
  expect(await maintenance.rewrapKeys('a test')).toEqual({ rewrapped: 3, unreadable: 1 });
  const listed = await (await openWithKeys(url, [newKey, oldKey])).list({});
  expect(listed.map(({ held }) => held)).toEqual(['body', 'body', 'unreadable']);
});

test('the start reports a mix of master keys, by their ids', async () => {
  const url = await createMigratedDatabase();
  await openWithKeys(url, [oldKey]);
  const notices: StoreNotice[] = [];
  const onNotice = (notice: StoreNotice) => notices.push(notice);
  await openWithKeys(url, [oldKey], { onNotice });
  expect(notices).toEqual([]);
  const { maintenance } = await openWithKeys(url, [newKey, oldKey], { onNotice });
  expect(notices).toEqual([{ code: 'MASTER_KEYS_DIFFER', masterKeys: ['old'] }]);
  await maintenance.rewrapKeys('a test');
  await openWithKeys(url, [newKey], { onNotice });
  expect(notices).toHaveLength(1);
});

test('servers with different master keys that start on an empty database agree on one key', async () => {
  const url = await createMigratedDatabase();
  await openWithKeys(url, []);
  const keys = Array.from({ length: 6 }, (_, index) => masterKey(`key-${index}`));
  const starts = await Promise.allSettled(keys.map((key) => openWithKeys(url, [key])));
  expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const winner = keys.filter((_, index) => starts[index]?.status === 'fulfilled');
  const again = await openWithKeys(url, winner);
  await expect(again.keep(incoming('one'), [])).resolves.toMatchObject({ isNew: true });
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
