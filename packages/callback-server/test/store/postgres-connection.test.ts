import type { Socket } from 'node:net';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { StoreNotice, StoreOptions } from '../../src/store/engine/store-options.ts';
import { type OpenedStore, openStore } from '../../src/store/open-store.ts';
import { token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { startFakePostgres } from '../support/fake-postgres.ts';
import { incoming, start } from '../support/incoming-callbacks.ts';
import { masterKey, masterKeys } from '../support/master-keys.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { run } from '../support/running-binary.ts';
import { postgres } from '../support/shared-postgres.ts';

async function open(url: string, options: Partial<StoreOptions> = {}): Promise<OpenedStore> {
  const store = await openStore(url, {
    onFatal: (error) => {
      throw error;
    },
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}

/** Admits the client, and then sends nothing more. */
function admit(socket: Socket): void {
  const [authenticationOk, readyForQuery] = ['520000000800000000', '5a0000000549'];
  socket.once('data', () => socket.write(Buffer.from(authenticationOk + readyForQuery, 'hex')));
}

const quick = 'connect_timeout=1&statement_timeout=1000';

test.each([
  ['serve', 'accepts the connection and', () => {}, 2],
  ['migrate', 'accepts the connection and', () => {}, 2],
  ['doctor', 'accepts the connection and', () => {}, 1],
  ['export', 'accepts TLS and', (socket: Socket) => socket.once('data', () => socket.write('S')), 2],
  ['serve', 'admits the client and', admit, 2],
  ['doctor', 'admits the client and', admit, 1],
])('%s ends and says what to do, if PostgreSQL %s never responds', async (command, _, accept, code) => {
  const url = await startFakePostgres(accept);
  const mode = command === 'export' ? '&sslmode=require' : '';
  const ended = run([command], { CALLBACK_TOKENS: token, DATABASE_URL: `${url}?${quick}${mode}` });
  expect(await ended.exit).toBe(code);
  expect(ended.output()).toMatch(/PostgreSQL at DATABASE_URL did not respond within \d s\. Check/);
  expect(ended.output()).not.toContain('notreal');
});

test.each([
  ['nothing listens', async () => 'postgres://user:notreal@127.0.0.1:9/name', 'Nothing accepts connections'],
  ['the socket is missing', async () => 'postgres://user:notreal@%2Fno%2Fsocket/name', 'Nothing accepts'],
  ['DNS does not know the host', async () => 'postgres://user:notreal@nohost.invalid/name', 'DNS'],
  [
    'the connection is closed at once',
    () => startFakePostgres((socket) => socket.destroy()),
    'closed the connection',
  ],
  ['TLS is not offered', () => fakeWithoutTls(), 'does not offer TLS'],
  ['the password is wrong', () => changed((url) => (url.password = 'notreal')), 'user or the password'],
  ['the user is unknown', () => changed((url) => (url.username = 'notreal')), 'user or the password'],
  ['the database is unknown', () => changed((url) => (url.pathname = 'notreal')), 'does not exist'],
  [
    'a setting is unknown',
    () => changed((url) => (url.search = 'options=-c x_y=1')),
    'setting in the options',
  ],
])('if %s, the error says so and quotes nothing of the URL', async (_, urlOf, says) => {
  const opening = open(await urlOf());
  await expect(opening).rejects.toThrow(says);
  await expect(opening).rejects.toThrow('DATABASE_URL');
  const error: unknown = await opening.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'PostgresConnectionError' });
  expect(error).not.toHaveProperty('cause');
  expect(String(error)).not.toMatch(/notreal|nohost/);
});

async function fakeWithoutTls(): Promise<string> {
  const url = await startFakePostgres((socket) => socket.once('data', () => socket.write('N')));
  return `${url}?sslmode=require`;
}

async function changed(change: (url: URL) => void): Promise<string> {
  const url = new URL(await postgres.createDatabase());
  change(url);
  return String(url);
}

/** Holds the lock of a migration, as another process does while it migrates. */
async function holdMigrationLock(url: string): Promise<Client> {
  const holder = new Client({ connectionString: url });
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query('SELECT pg_advisory_lock(4020402104)');
  return holder;
}

test('a store waits for the migration of another process, says so, and gives up in the end', async () => {
  const url = await postgres.createDatabase();
  await holdMigrationLock(url);
  const notices: StoreNotice[] = [];
  const opening = open(url, { maxLockWaitMs: 50, onNotice: (notice) => notices.push(notice) });
  await expect(opening).rejects.toThrow('DATABASE_URL must be migrated, but another process has held a lock');
  expect(notices).toEqual([{ code: 'WAITS_FOR_MIGRATION', milliseconds: 50 }]);
});

test('serve and migrate say that they wait for a migration, and go on when it ends', async () => {
  const url = await postgres.createDatabase();
  const holder = await holdMigrationLock(url);
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: url, PORT: '0', ADMIN_PORT: '0' };
  const [serving, migrating] = [run(['serve'], settings), runInProcess(['migrate'], settings)];
  await eventually(() => {
    expect(serving.output()).toMatch(/"level":"warn".*"store-notice".*"WAITS_FOR_MIGRATION"/);
    expect(migrating.output()).toContain('Waiting for it, up to 30 s.');
  });
  await holder.query('SELECT pg_advisory_unlock_all()');
  expect(await migrating.exit).toBe(0);
  await serving.listening;
});

test('a lock on a table that a migration changes ends the migration too', async () => {
  const url = await postgres.createDatabase();
  await postgres.query(url, 'CREATE TABLE schema_version AS SELECT 0 AS version');
  const holder = new Client({ connectionString: url });
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query('BEGIN; LOCK TABLE schema_version IN EXCLUSIVE MODE');
  await expect(open(url, { maxLockWaitMs: 50 })).rejects.toThrow('another process has held a lock');
});

test.each(['schema_version', 'master_keys', 'sealing'])(
  'a start does not wait for ever for table %s',
  async (table) => {
    const url = await postgres.createDatabase();
    await open(url);
    const holder = new Client({ connectionString: url });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query(`BEGIN; LOCK TABLE ${table}`);
    const opening = open(`${url}?statement_timeout=1000`, { masterKeys });
    await expect(opening).rejects.toThrow(/DATABASE_URL did not finish a statement .* pg_locks shows/);
  },
);

test('with the schema of this version a start needs no lock', async () => {
  const url = await postgres.createDatabase();
  await open(url);
  await holdMigrationLock(url);
  const notices: StoreNotice[] = [];
  await open(url, { maxLockWaitMs: 1, onNotice: (notice) => notices.push(notice) });
  expect(notices).toEqual([]);
});

test.each(['existing', 'read'] as const)('access %s creates nothing on PostgreSQL', async (access) => {
  const url = await postgres.createDatabase();
  await expect(open(url, { access })).rejects.toThrow(
    'DATABASE_URL names a database that holds no callbacks',
  );
  await postgres.query(url, 'CREATE TABLE schema_version AS SELECT 0 AS version');
  await expect(open(url, { access })).rejects.toThrow('holds no callbacks');
  expect(await postgres.query(url, `SELECT to_regclass('callbacks') AS name`)).toEqual([{ name: null }]);
  const created = await postgres.createDatabase();
  await (await open(created)).keep(incoming('one'), []);
  expect(await (await open(created, { access })).list({})).toHaveLength(1);
});

test('access to read neither begins the encryption nor adds a master key', async () => {
  const url = await postgres.createDatabase();
  await open(url);
  await expect(open(url, { access: 'read', masterKeys })).rejects.toThrow('no encrypted callbacks');
  await open(url, { masterKeys });
  await open(url, { access: 'read', masterKeys: [masterKey('new'), ...masterKeys] });
  expect(await postgres.query(url, 'SELECT id FROM master_keys')).toEqual([{ id: 'first' }]);
});

test.each([
  ['statement_timeout=3000', 'SHOW statement_timeout', '3s'],
  ['application_name=mine', 'SHOW application_name', 'mine'],
  ['options=-c search_path=other', 'SHOW search_path', 'other'],
])('%s takes effect in every session of the store', async (parameter, statement, value) => {
  const url = await postgres.createDatabase();
  await postgres.query(url, 'CREATE SCHEMA other');
  const store = await open(`${url}?${parameter}`);
  const schema = parameter.includes('search_path') ? 'other' : 'public';
  await postgres.query(
    url,
    `CREATE TABLE seen (value text);
    CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO public.seen VALUES (current_setting('${statement.slice(5)}')); RETURN NEW; END $$;
    CREATE TRIGGER see BEFORE INSERT ON ${schema}.callbacks FOR EACH ROW EXECUTE FUNCTION see()`,
  );
  await store.keep(incoming('one'), []);
  expect(await postgres.query(url, 'SELECT value FROM seen')).toEqual([{ value }]);
});

test("a role's own settings change neither the times nor the isolation of the store", async () => {
  const url = await postgres.createDatabase();
  await open(url);
  const name = new URL(url).pathname.slice(1);
  await postgres.query(url, `ALTER DATABASE ${name} SET DateStyle = 'German'`);
  await postgres.query(url, `ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`);
  const store = await open(url);
  const { id } = await store.keep(incoming('one'), []);
  expect(await store.get(id)).toMatchObject({ receivedAt: start });
  await postgres.query(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await expect(open(url)).rejects.toThrow('default_transaction_read_only is on');
});
