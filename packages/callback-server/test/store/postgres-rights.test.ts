import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { type OpenedStore, openStore } from '../../src/store/open-store.ts';
import { callback } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { startServer } from '../support/running-server.ts';
import { postgres } from '../support/shared-postgres.ts';

async function open(url: string): Promise<OpenedStore> {
  const store = await openStore(url, {
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(() => store.close());
  return store;
}

const grants = readFileSync(new URL('grant-rights.sql', import.meta.url), 'utf8');

/** Creates a database with an owner, and a user that may do nothing yet. Returns the URLs of both. */
async function databaseWithRoles(): Promise<{ admin: string; owner: string; server: string }> {
  const admin = await postgres.createDatabase();
  const name = new URL(admin).pathname.slice(1);
  const roles = { owner: `owner_${name}`, server: `server_${name}` };
  for (const role of Object.values(roles))
    await postgres.query(admin, `CREATE ROLE ${role} LOGIN PASSWORD 'not-a-real-password'`);
  await postgres.query(admin, `ALTER DATABASE ${name} OWNER TO ${roles.owner}`);
  await postgres.query(admin, 'REVOKE ALL ON SCHEMA public FROM PUBLIC');
  await postgres.query(admin, `GRANT ALL ON SCHEMA public TO ${roles.owner}`);
  const urlOf = (role: string) => admin.replace('postgres:not', `${role}:not`);
  return { admin, owner: urlOf(roles.owner), server: urlOf(roles.server) };
}

function grantsTo(url: string): string {
  return grants.replaceAll('callback_server', new URL(url).username);
}

test('serve needs only the rights that grant-rights.sql gives, and migrate runs as the owner', async () => {
  const { owner, server } = await databaseWithRoles();
  await expect(open(server)).rejects.toThrow(/needs schema \d.* Run `callback-server migrate` as the owner/);
  expect(await runInProcess(['migrate'], { DATABASE_URL: owner }).exit).toBe(0);
  await postgres.query(owner, 'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC');
  await expect(open(server)).rejects.toThrow(/migrate` as the owner|lacks rights on schema_version/);

  await postgres.query(owner, grantsTo(server));
  await expect(postgres.query(server, 'CREATE TABLE mine ()')).rejects.toThrow('permission denied');
  const taken = Promise.withResolvers<string>();
  const { post } = await startServer({ databaseUrl: server }, (running) => {
    running.on('accept', ({ id }) => taken.resolve(id));
  });
  expect((await post('accept', callback('accept', { id: 'one' }))).status).toBe(200);
  const id = await taken.promise;
  const store = await open(server);
  expect(await store.maintenance.erase('one', 'a test')).toBe(1);
  expect(await store.get(id)).toMatchObject({ held: 'nothing' });
});

test('a start names the tables that the user has no rights on', async () => {
  const { owner, server } = await databaseWithRoles();
  expect(await runInProcess(['migrate'], { DATABASE_URL: owner }).exit).toBe(0);
  await postgres.query(owner, grantsTo(server));
  const { username } = new URL(server);
  await postgres.query(owner, `REVOKE DELETE ON receipts FROM ${username}`);
  await postgres.query(owner, `REVOKE ALL ON SEQUENCE callback_sequence FROM ${username}`);
  await expect(open(server)).rejects.toThrow('lacks rights on receipts, callback_sequence. Grant SELECT');
});

test('an older schema that the user may not migrate is named, with the command to run', async () => {
  const { owner, server } = await databaseWithRoles();
  await postgres.query(owner, 'CREATE TABLE schema_version AS SELECT 0 AS version');
  await postgres.query(owner, grantsTo(server));
  await expect(open(server)).rejects.toThrow(/has schema 0, .* Run `callback-server migrate`/);
});
