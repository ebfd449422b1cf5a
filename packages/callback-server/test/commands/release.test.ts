import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Provider } from '../../src/index.ts';
import { migrationFiles } from '../../src/store/engine/migration-files.ts';
import { callback } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';

const adminTokens = ['not-a-real-admin-token'];
const headers = { authorization: `Bearer ${adminTokens[0]}` };

/** A provider that knows no decision. */
const provider: Provider = () => ({
  pullMerchant: async ({ merchantId: id }) => ({
    result: { merchantData: { basicDetails: { id, status: 'pending' } } },
  }),
});
const confirming = { provider, agreeMs: 0, confirmDelaysMs: [10], pullsPerMinute: 6000, adminTokens };

/** Posts a forged accept, and waits until the accept is in the quarantine. */
async function startQuarantine(databaseUrl: string) {
  const events: string[] = [];
  const running = await startServer({ databaseUrl, ...confirming }, (server) =>
    server.on('accept', ({ confirmation }) => void events.push(`${confirmation}`)),
  );
  await running.post('accept', callback('accept', { id: 'one' }));
  const id = await eventually(async () => {
    const [found] = await running.server.callbacks.list({ delivery: { route: 'confirm', state: 'dead' } });
    expect(found).toBeDefined();
    return found?.id ?? '';
  });
  return { ...running, events, id };
}

test('the command release opens the quarantine, and the next server delivers the callback', async () => {
  const DATABASE_URL = `sqlite:${temporaryDatabase()}`;
  const { server, id } = await startQuarantine(DATABASE_URL);
  await server.stop();
  const missing = runInProcess(['release'], { DATABASE_URL });
  expect([await missing.exit, missing.output()]).toEqual([
    2,
    expect.stringContaining('--id or --merchant is required'),
  ]);
  for (const args of [
    ['--merchant', 'other'],
    ['--id', '0'.repeat(id.length)],
  ]) {
    const nothing = runInProcess(['release', ...args], { DATABASE_URL });
    expect([await nothing.exit, nothing.output()]).toEqual([
      2,
      expect.stringContaining('Check --id and --merchant'),
    ]);
  }
  const counted = runInProcess(['release', '--merchant', 'one', '--dry-run'], { DATABASE_URL });
  expect([await counted.exit, counted.output()]).toEqual([0, 'Would release: 1 callbacks.\n']);
  const released = runInProcess(['release', '--id', id], { DATABASE_URL });
  expect([await released.exit, released.output()]).toEqual([0, 'Released: 1 callbacks.\n']);
  const events: string[] = [];
  await startServer({ databaseUrl: DATABASE_URL, ...confirming }, (next) =>
    next.on('accept', ({ confirmation }) => void events.push(`${confirmation}`)),
  );
  await eventually(() => expect(events).toEqual(['released']));
});

test('the admin API releases one callback, and audits it', async () => {
  const { adminUrl, events, id } = await startQuarantine(`sqlite:${temporaryDatabase()}`);
  const ask = async (query: string) => {
    const response = await fetch(`${adminUrl}/release?${query}`, { method: 'POST', headers });
    return [response.status, await response.json()];
  };
  expect(await ask('')).toEqual([400, { error: expect.stringContaining('id or merchantId is required') }]);
  expect(await ask('id=one')).toEqual([400, { error: expect.stringMatching(/^id /) }]);
  expect(await ask(`id=${id}`)).toEqual([200, { callbacks: 1 }]);
  await eventually(() => expect(events).toEqual(['released']));
  const audit = await (await fetch(`${adminUrl}/audit`, { headers })).json();
  expect(audit).toMatchObject([{ action: 'release', actor: 'the admin API', details: { id, callbacks: 1 } }]);
});

test('a callback that waits for its confirmation is not given up', async () => {
  const giveUp = runInProcess(['give-up', '--route', 'confirm'], {
    DATABASE_URL: `sqlite:${temporaryDatabase()}`,
  });
  expect([await giveUp.exit, giveUp.output()]).toEqual([2, expect.stringContaining('are not given up')]);
  // This server has no provider, and therefore no route `confirm`.
  const { adminUrl, server } = await startServer({ adminTokens });
  const response = await fetch(`${adminUrl}/give-up?route=confirm`, { method: 'POST', headers });
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('are not given up'),
  ]);
  await expect(server.callbacks.giveUp({ route: 'confirm' })).rejects.toThrow('are not given up');
});

test('a database of a schema without confirmations keeps its callbacks, and confirms new ones', async () => {
  const path = temporaryDatabase();
  const databaseUrl = `sqlite:${path}`;
  const database = new DatabaseSync(path);
  for (const migration of migrationFiles('sqlite').slice(0, 2)) database.exec(migration);
  database.exec(`
    INSERT INTO callbacks (id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, details, body)
    VALUES ('${'0'.repeat(32)}', x'00', 'accept', 'earlier', 'valid', 0, 2, x'00',
      CAST('{"merchantId":"earlier","violations":[]}' AS BLOB), CAST('{}' AS BLOB));
    PRAGMA user_version = 2`);
  database.close();
  const { server } = await startQuarantine(databaseUrl);
  expect(await server.callbacks.list({ merchantId: 'earlier' })).toMatchObject([
    { held: 'body', verdict: 'valid' },
  ]);
});
