import { expect, test } from 'vitest';
import { createBrowser } from '../../support/browser.ts';
import { callback } from '../../support/callbacks.ts';
import { count, damagedSqlite } from '../../support/damaged-database.ts';
import { idsIn, textOf } from '../../support/inbox-pages.ts';
import { startInbox } from '../../support/inbox-server.ts';
import { startServer } from '../../support/running-server.ts';
import { createMigratedDatabase, postgres } from '../../support/shared-postgres.ts';

const paths = ['', '/callbacks', '/routes', '/merchants', '/drift', '/audit', '/settings'];

test('with damaged rows, every page works, and shows the sound callbacks beside the damaged callbacks', async () => {
  const { adminUrl, server } = await startServer({ databaseUrl: await damagedSqlite('leaf', 0) });
  const browser = createBrowser(adminUrl);
  for (const path of paths) expect([path, (await browser.get(`/inbox${path}`)).status]).toEqual([path, 200]);
  const kept = await server.callbacks.list();
  const unreadable = kept.filter(({ held }) => held === 'unreadable');
  expect(unreadable.length).toBeGreaterThan(0);
  const list = await browser.get('/inbox/callbacks');
  expect(idsIn(list)).toEqual(kept.map(({ id }) => id));
  expect(idsIn(list)).toHaveLength(count);
  for (const { id, held } of kept) {
    const page = await browser.get(`/inbox/callbacks/${id}`);
    expect([page.status, textOf(page).includes('The body is damaged')]).toEqual([200, held === 'unreadable']);
  }
  // The oldest callback that waits is a damaged one.
  expect(await server.metrics()).toMatch(/oldest_undelivered_seconds\{route="handler"\} \d{4}/);
});

test('on a full disk, every page works, and an action says that the disk is full', async () => {
  const databaseUrl = await createMigratedDatabase();
  const { browser, post, server } = await startInbox({ databaseUrl });
  await post('pending', callback('pending'));
  const [kept] = await server.callbacks.list();
  const asha = browser();
  await asha.signIn('asha');
  await postgres.query(
    databaseUrl,
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$`,
  );
  for (const table of ['sessions', 'saved_filters', 'audit', 'deliveries'])
    await postgres.query(
      databaseUrl,
      `CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON ${table} EXECUTE FUNCTION full_disk()`,
    );
  for (const path of [...paths, `/callbacks/${kept?.id}`])
    expect([path, (await asha.get(`/inbox${path}`)).status]).toEqual([path, 200]);
  for (const [path, fields] of [
    ['/filters', { name: 'all', query: 'verdict=valid' }],
    [`/callbacks/${kept?.id}/reveal`, { reason: 'a test of a full disk' }],
  ] as const) {
    const page = await asha.post(`/inbox${path}`, fields);
    expect([page.status, textOf(page)]).toEqual([
      503,
      expect.stringContaining('The disk of the database is full.'),
    ]);
    expect(page.text).not.toContain('Asha Rao');
  }
  const other = await browser().signIn('vera');
  expect([other.status, textOf(other)]).toEqual([
    503,
    expect.stringContaining('The disk of the database is full.'),
  ]);
});
