import { expect, test } from 'vitest';
import type { CallbackServerEvent } from '../../src/server/callback-server-event.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { incoming, start } from '../support/incoming-callbacks.ts';
import { oldKey, openWithKeys } from '../support/open-with-keys.ts';
import { startServer } from '../support/running-server.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';

test('a server without master keys refuses a database that another server has encrypted meanwhile', async () => {
  const url = await createMigratedDatabase();
  const plain = await openWithKeys(url, []);
  await plain.probe(start);
  const encrypting = await openWithKeys(url, [oldKey]);
  const fault = { name: 'MasterKeyError', code: 'DATABASE_ENCRYPTED' };
  await expect(plain.keep(incoming('one'), ['handler'])).rejects.toMatchObject(fault);
  await expect(plain.probe(start)).rejects.toMatchObject(fault);
  await expect(plain.maintenance.erase('one', 'a test')).rejects.toMatchObject(fault);
  const { id } = await encrypting.keep(incoming('two'), ['handler']);
  expect(await plain.list({})).toMatchObject([{ id, held: 'unreadable', violations: [] }]);
  expect(await encrypting.list({})).toMatchObject([{ id, merchantId: 'two', held: 'body' }]);
});

test('while one server encrypts the database, no other server stores plaintext in the database', async () => {
  const url = await createMigratedDatabase();
  const plain = await openWithKeys(url, []);
  const senders = Array.from({ length: 20 }, (_, index) => plain.keep(incoming(`plain-${index}`), []));
  const [encrypted, ...kept] = await Promise.allSettled([openWithKeys(url, [oldKey]), ...senders]);
  const isStored = kept.some(({ status }) => status === 'fulfilled');
  // Either the database was empty before the encryption, or the database stays plaintext.
  expect(isStored).toBe(encrypted?.status === 'rejected');
  expect(await postgres.query(url, 'SELECT FROM callbacks WHERE data_key IS NULL')).toHaveLength(
    kept.filter(({ status }) => status === 'fulfilled').length,
  );
});

test('a server leaves callbacks that it cannot read to other servers, and never gives them up', async () => {
  const url = await createMigratedDatabase();
  const plain = await openWithKeys(url, []);
  const encrypting = await openWithKeys(url, [oldKey]);
  const { id } = await encrypting.keep(incoming('one'), ['handler']);
  const limits = { fresh: 10, retries: 10 };
  expect(await plain.claim('handler', limits)).toEqual({ claims: [], givenUp: [], unreadable: 1 });
  await expect(plain.claim('handler', limits)).rejects.toMatchObject({ code: 'DATABASE_ENCRYPTED' });
  // The other servers need not wait for the claim.
  expect(await encrypting.claim('handler', limits)).toMatchObject({
    claims: [{ callbackId: id, attempt: 1 }],
  });
  expect((await encrypting.get(id))?.deliveries).toMatchObject([
    { state: expect.not.stringMatching('dead') },
  ]);
  // A purge does not destroy the callback either.
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
