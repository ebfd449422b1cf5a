import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { callback, token } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { run, serve } from '../support/running-binary.ts';
import { startServer, temporaryDatabase } from '../support/running-server.ts';
import { postgres } from '../support/shared-postgres.ts';

const onExisting: readonly string[][] = [
  ['verify-store'],
  ['export'],
  ['purge'],
  ['partition'],
  ['erase', 'one'],
  ['rewrap-keys'],
  ['doctor'],
];
const masterKeys = { MASTER_KEYS: `first:${Buffer.alloc(32, 'k').toString('base64')}` };

const others: readonly [string, (path: string) => void][] = [
  ['nothing is', () => {}],
  ['an empty file is', (path) => writeFileSync(path, '')],
  [
    'a database that has lost its tables is',
    (path) => {
      const database = new DatabaseSync(path);
      database.exec('CREATE TABLE callbacks (id TEXT); DROP TABLE callbacks');
      database.close();
    },
  ],
  [
    'a text file is',
    (path) => writeFileSync(path, 'not a database, but long enough to have a header'.repeat(100)),
  ],
  [
    'a database of another program is',
    (path) => {
      const database = new DatabaseSync(path);
      database.exec('CREATE TABLE invoices (id INTEGER PRIMARY KEY) STRICT');
      database.close();
    },
  ],
];

for (const [index, [what, make]] of others.entries())
  test.each(onExisting)(`where ${what}: %s fails, says so, and creates nothing`, async (...args) => {
    const path = temporaryDatabase();
    make(path);
    const before = contentOf(path);
    // Each command meets half of the cases with encryption; `rewrap-keys` needs the keys.
    const number = index + onExisting.findIndex(([name]) => name === args[0]);
    const isEncrypted = args[0] === 'rewrap-keys' || number % 2 === 0;
    const keys = isEncrypted ? masterKeys : {};
    const command = runInProcess(args, { DATABASE_URL: `sqlite:${path}`, CALLBACK_TOKENS: token, ...keys });
    expect(await command.exit).toBeGreaterThan(0);
    expect(command.output()).toContain(`DATABASE_URL names ${path}, `);
    expect(contentOf(path)).toEqual(before);
  });

test.each([['serve'], ['migrate']])(
  '%s refuses an empty file and what is no database of this server',
  async (name) => {
    for (const [, make] of others.slice(1)) {
      const path = temporaryDatabase();
      make(path);
      const before = contentOf(path);
      const command = run([name], { DATABASE_URL: `sqlite:${path}`, CALLBACK_TOKENS: token });
      expect(await command.exit).toBe(2);
      expect(command.output()).toContain(`DATABASE_URL names ${path}, `);
      expect(contentOf(path)).toEqual(before);
    }
  },
);

const killed = new URL('../support/killed-at.ts', import.meta.url).href;

/** Statements from one killed start to the next. `npm run killed-starts` kills a start at every statement. */
const statementStep = Number(process.env['STATEMENT_STEP'] ?? 6);

test('a start that is killed while it creates its databases does not hinder a later start', {
  timeout: 900_000,
}, async () => {
  const keys = [{ id: 'first', key: Buffer.alloc(32, 'k') }];
  for (let statement = 1, isCreated = false; !isCreated; statement += statementStep) {
    const path = temporaryDatabase();
    const databaseUrl = `sqlite:${path}`;
    const first = run(['serve'], {
      DATABASE_URL: databaseUrl,
      CALLBACK_TOKENS: token,
      ...masterKeys,
      KILLED_AT: String(statement),
      NODE_OPTIONS: `--import ${killed}`,
    });
    expect(await first.exit).toBe(null);
    isCreated = existsSync(`${path}-keys`);
    const { server, post } = await startServer({ databaseUrl, masterKeys: keys });
    expect([statement, (await post('accept', callback('accept'))).status]).toEqual([statement, 200]);
    expect(readdirSync(dirname(path)).filter((name) => name.includes('-new'))).toEqual([]);
    await server.stop();
  }
});

function contentOf(path: string): Record<string, string> {
  const folder = dirname(path);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'hex')]),
  );
}

test('commands refuse a PostgreSQL database without tables, and create none', async () => {
  const DATABASE_URL = await postgres.createDatabase();
  for (const args of onExisting) {
    const command = runInProcess(args, { DATABASE_URL, CALLBACK_TOKENS: token, ...masterKeys });
    expect(await command.exit).toBeGreaterThan(0);
    expect(command.output()).toContain('DATABASE_URL names a database that holds no callbacks');
  }
  const tables = await postgres.query(
    DATABASE_URL,
    `SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables).toEqual([]);
});

test.each([
  ['erase', ''],
  ['erase', ' '],
  ['export', '--merchant='],
])('%s refuses the merchant %j', async (...args) => {
  const path = temporaryDatabase();
  await runInProcess(['migrate'], { DATABASE_URL: `sqlite:${path}` }).exit;
  const command = runInProcess(args, { DATABASE_URL: `sqlite:${path}` });
  expect(await command.exit).toBe(2);
  expect(command.output()).toContain('The merchant id is empty.');
});

test.each([
  ['without encryption', {}],
  ['with encryption', masterKeys],
])('export and verify-store read beside a running server, %s', async (_, keys) => {
  const path = temporaryDatabase();
  const DATABASE_URL = `sqlite:${path}`;
  const server = await serve(path, keys);
  const post = (id: string) =>
    fetch(`${server.url}/callbacks/${token}/accept`, {
      method: 'POST',
      body: callback('accept', { id }),
      headers: { 'content-type': 'application/json' },
    });
  await post('one');
  const verified = runInProcess(['verify-store'], { DATABASE_URL, ...keys });
  expect([await verified.exit, verified.output()]).toEqual([0, 'Read 1 callbacks. Problems: 0.\n']);
  const exported = runInProcess(['export'], { DATABASE_URL, ...keys });
  expect(await exported.exit).toBe(0);
  expect(JSON.parse(exported.output())).toMatchObject({ merchantId: 'one', held: 'body' });
  const audit = await fetch(`${server.adminUrl}/audit`).then((response) => response.json());
  expect(audit).toMatchObject([{ action: 'export' }]);
  expect((await post('two')).status).toBe(200);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
});

/** Keeps a callback with encryption. Returns the path and the settings of the database. */
async function encryptedDatabase() {
  const path = temporaryDatabase();
  const { server, post } = await startServer({
    databaseUrl: `sqlite:${path}`,
    masterKeys: [{ id: 'first', key: Buffer.alloc(32, 'k') }],
  });
  await post('accept', callback('accept'));
  await server.stop();
  return { path, settings: { DATABASE_URL: `sqlite:${path}`, CALLBACK_TOKENS: token, ...masterKeys } };
}

test.each([
  ['is empty', '', 'verify-store'],
  ['is empty', '', 'serve'],
  ['is no database', 'x'.repeat(10_000), 'verify-store'],
  ['is no database', 'x'.repeat(10_000), 'serve'],
])('if the file of the data keys %s, the error of a command names that file', async (_, content, name) => {
  const { path, settings } = await encryptedDatabase();
  writeFileSync(`${path}-keys`, content);
  const command = run([name], settings);
  expect(await command.exit).toBe(2);
  expect(command.output()).toContain(`${path}-keys, the file of the data keys, `);
  expect(command.output()).toContain('Restore it from your backup');
});

test('a command names a damaged database, and says what to do', async () => {
  const { path, settings } = await encryptedDatabase();
  truncateSync(path, 8192);
  for (const name of ['verify-store', 'export', 'purge', 'serve', 'doctor']) {
    const command = run([name], settings);
    expect(await command.exit).toBeGreaterThan(0);
    expect(command.output()).toContain(`The database ${path} is damaged`);
    expect(command.output()).toContain('Restore a backup');
  }
});

test('an error at the start names its setting once', async () => {
  const path = join(dirname(temporaryDatabase()), 'nowhere', 'callbacks.db');
  const serving = run(['serve'], { DATABASE_URL: `sqlite:${path}`, CALLBACK_TOKENS: token });
  expect(await serving.exit).toBe(2);
  expect(serving.output()).toBe(
    `DATABASE_URL names ${path}, whose folder does not exist. Create the folder.\n`,
  );
});

test('if a running server locks the database, a command names the admin API', async () => {
  const path = temporaryDatabase();
  await serve(path);
  const purge = runInProcess(['purge'], { DATABASE_URL: `sqlite:${path}` });
  expect(await purge.exit).toBe(2);
  expect(purge.output()).toContain('use the admin API');
});
