import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { IncomingCallback } from '../../src/callback/incoming-callback.ts';
import { parseMasterKeys } from '../../src/store/encryption/master-keys.ts';
import type { MasterKey } from '../../src/store/engine/store-options.ts';
import { type OpenedStore, openStore } from '../../src/store/open-store.ts';
import { accepted, callback } from '../support/callbacks.ts';
import { incoming, start } from '../support/incoming-callbacks.ts';
import { masterKey } from '../support/master-keys.ts';
import { temporaryDatabase } from '../support/running-server.ts';

const [first, second] = [masterKey('first'), masterKey('second')];

async function open(path: string, masterKeys: MasterKey[] = [first]): Promise<OpenedStore> {
  return openStore(`sqlite:${path}`, {
    masterKeys,
    onFatal: (error) => {
      throw error;
    },
  });
}

/** Reads all files of a database, its log and free pages included. */
function filesBeside(path: string): string {
  return readdirSync(dirname(path))
    .map((name) => readFileSync(join(dirname(path), name), 'latin1'))
    .join('\n');
}

const canaries = [
  'PANCANARY7Z',
  '234123412346',
  'canary@example.com',
  'keyCanary',
  'meCanary',
  'sayCanary',
  'agentCanary',
];

/** Returns callbacks with canaries as values, ids, statuses, property names, text that is not JSON, and senders. */
function canaryCallbacks(): IncomingCallback[] {
  const texts = [
    callback('accept', {
      id: 'meCanary',
      name: 'PANCANARY7Z',
      AadhaarUid: '234123412346',
      status: 'sayCanary',
    }),
    callback('accept', { id: 'meCanary', email: ['canary@example.com'], keyCanary: { keyCanary: 1 } }),
    callback('accept', { id: 'meCanary', status: 234123412346 }),
    '{"PANCANARY7Z": ',
    '["canary@example.com"]',
  ];
  const sender = { address: '192.0.2.1', userAgent: 'agentCanary' };
  return texts.map((text) => ({ ...accepted(text, start), sender }));
}

test('with encryption no file holds personal data, free pages included', async () => {
  const path = temporaryDatabase();
  const store = await open(path);
  const keep = async (each: IncomingCallback) => store.keep(each, ['handler']);
  await Promise.all(canaryCallbacks().map(keep));
  await store.keep({ ...incoming('meCanary'), body: Buffer.from('PANCANARY7Z'), bodySha256: 'other' }, []);
  const found = () => canaries.filter((canary) => filesBeside(path).includes(canary));
  expect(found()).toEqual([]);
  expect((await store.drift()).length).toBeGreaterThan(0);
  await store.maintenance.erase('meCanary', 'a test');
  await store.close();
  expect(found()).toEqual([]);
});

test('without encryption an erased merchant leaves only its id in the files, and drift leaves an unknown word', async () => {
  const path = temporaryDatabase();
  const store = await open(path, []);
  await Promise.all(
    canaryCallbacks()
      .slice(0, 2)
      .map((each) => store.keep(each, [])),
  );
  const found = () => canaries.filter((canary) => filesBeside(path).includes(canary));
  expect(found()).toEqual(canaries);
  await store.maintenance.erase('meCanary', 'a test');
  // The contract classifies a status as internal: the drift shows its words, and no merchant.
  expect(found()).toEqual(['meCanary', 'sayCanary']);
  await store.close();
});

test('in a copy of the database from before an erasure, the erased merchant stays unreadable', async () => {
  const path = temporaryDatabase();
  const before = await open(path);
  const { id } = await before.keep(incoming('one'), []);
  const { id: other } = await before.keep(incoming('two'), []);
  await before.close();
  copyFileSync(path, `${path}.copy`);
  const store = await open(path);
  await store.maintenance.erase('one', 'a test');
  await store.close();

  copyFileSync(`${path}.copy`, path);
  const restored = await open(path);
  onTestFinished(() => restored.close());
  const kept = await restored.get(id);
  expect(kept).toMatchObject({ held: 'unreadable', masked: null, violations: [] });
  expect(kept).not.toHaveProperty('body');
  expect(kept).not.toHaveProperty('merchantId');
  expect(await restored.get(other)).toMatchObject({ merchantId: 'two', held: 'body' });
  const problems: unknown[] = [];
  await restored.maintenance.verify((problem) => problems.push(problem));
  expect(problems).toEqual([{ what: 'callback', id, problem: 'its key is missing' }]);
});

test('after a rewrap the older master key is not needed', async () => {
  const path = temporaryDatabase();
  const before = await open(path, [first]);
  const { id } = await before.keep(incoming('one'), []);
  await before.close();

  const rotating = await open(path, [second, first]);
  expect(await rotating.get(id)).toMatchObject({ merchantId: 'one' });
  const { id: next } = await rotating.keep(incoming('two'), []);
  expect(await rotating.maintenance.rewrapKeys('a test')).toEqual({ rewrapped: 2, unreadable: 0 });
  expect(await rotating.maintenance.rewrapKeys('a test')).toEqual({ rewrapped: 0, unreadable: 0 });
  await rotating.close();

  const after = await open(path, [second]);
  expect((await after.get(id))?.merchantId).toBe('one');
  expect((await after.get(next))?.merchantId).toBe('two');
  expect(await after.keep(incoming('one'), [])).toEqual({ id, isNew: false });
  await after.close();
});

test('openStore refuses a wrong or missing master key, and names the key', async () => {
  const path = temporaryDatabase();
  const store = await open(path, [first]);
  await store.keep(incoming('one'), []);
  await store.close();
  await expect(open(path, [])).rejects.toThrow('are encrypted. Give its master keys');
  await expect(open(path, [second])).rejects.toThrow('Master key "first", which wraps data keys');
  const impostor = { id: 'first', key: second.key };
  await expect(open(path, [impostor])).rejects.toThrow('Master key "first" differs from the key');
  await (await open(path, [first])).close();

  const other = temporaryDatabase();
  await (await open(other, [first])).close();
  copyFileSync(`${other}-keys`, `${path}-keys`);
  await expect(open(path, [first])).rejects.toThrow('missing, or belong to another database');
  rmSync(`${path}-keys`);
  await expect(open(path, [first])).rejects.toThrow('missing, or belong to another database');
});

test('openStore refuses to encrypt a database that holds plaintext callbacks', async () => {
  const path = temporaryDatabase();
  const store = await open(path, []);
  await store.keep(incoming('one'), []);
  await store.close();
  await expect(open(path, [first])).rejects.toThrow('unencrypted callbacks');
});

test('openStore refuses to encrypt a database that holds plaintext merchants', async () => {
  const path = temporaryDatabase();
  const store = await open(path, []);
  await store.merchants.expect([{ merchantId: 'one', realmId: 'realm' }], true, 0);
  await store.close();
  await expect(open(path, [first])).rejects.toThrow('unencrypted callbacks');
});

test('verify detects an encrypted body that was swapped', async () => {
  const path = temporaryDatabase();
  const store = await open(path);
  const { id: one } = await store.keep(incoming('one', 1), []);
  const { id: two } = await store.keep(incoming('one', 2), []);
  await store.close();
  const database = new DatabaseSync(path);
  database
    .prepare('UPDATE callbacks SET body = (SELECT body FROM callbacks WHERE id = ?) WHERE id = ?')
    .run(two, one);
  database.close();

  const again = await open(path);
  onTestFinished(() => again.close());
  expect(await again.get(one)).toMatchObject({ held: 'unreadable', masked: null });
  const problems: unknown[] = [];
  await again.maintenance.verify((problem) => problems.push(problem));
  expect(problems).toEqual([{ what: 'callback', id: one, problem: 'cannot be read: UnreadableError' }]);
});

test('verify detects plaintext bytes that were changed', async () => {
  const path = temporaryDatabase();
  const store = await open(path, []);
  const { id } = await store.keep(incoming('one', 1), []);
  await store.close();
  const database = new DatabaseSync(path);
  database.exec("UPDATE callbacks SET body = CAST(replace(CAST(body AS TEXT), 'accept', 'reject') AS BLOB)");
  database.close();
  const again = await open(path, []);
  onTestFinished(() => again.close());
  const problems: unknown[] = [];
  await again.maintenance.verify((problem) => problems.push(problem));
  expect(problems).toMatchObject([{ id }]);
});

test('parseMasterKeys parses master keys, and never quotes an invalid key', () => {
  const base64 = Buffer.from(first.key).toString('base64');
  const other = Buffer.from(second.key).toString('base64');
  expect(parseMasterKeys(`new:${base64}, old:${other}\n`).map(({ id, key }) => [id, key.length])).toEqual([
    ['new', 32],
    ['old', 32],
  ]);
  for (const wrong of ['', 'x', base64, `a:${base64.slice(4)}`, `a:${base64},a:${other}`, `:${base64}`]) {
    expect(() => parseMasterKeys(wrong)).toThrow(TypeError);
    expect(() => parseMasterKeys(wrong)).not.toThrow(base64.slice(0, 10));
  }
});
