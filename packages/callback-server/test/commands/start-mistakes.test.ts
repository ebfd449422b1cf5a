import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { token } from '../support/callbacks.ts';
import { startFakePostgres } from '../support/fake-postgres.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { run } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

/** Only a mistake at the start has this exit code: a failed check has 1, and a fault while the server runs has 74. */
const mistake = 2;

async function takenPort(): Promise<string> {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  onTestFinished(() => void other.close());
  return String((other.address() as { port: number }).port);
}

function databaseOfSchema(version: number): string {
  const path = temporaryDatabase();
  const database = new DatabaseSync(path);
  for (const table of ['callbacks', 'receipts', 'deliveries', 'audit'])
    database.exec(`CREATE TABLE ${table} (id INTEGER PRIMARY KEY) STRICT`);
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
  return `sqlite:${path}`;
}

function textFile(): string {
  const path = temporaryDatabase();
  writeFileSync(path, 'not a database '.repeat(100));
  return `sqlite:${path}`;
}

/** Offers TLS, and then speaks something else. */
function breakTls(socket: Socket): void {
  socket.once('data', () => {
    socket.write('S');
    socket.once('data', () => socket.write('not TLS'));
  });
}

const mistakes: Record<string, [() => Promise<object> | object, RegExp]> = {
  'a missing setting': [() => ({ CALLBACK_TOKENS: '' }), /CALLBACK_TOKENS: is required. Give /],
  'a wrong URL': [() => ({ DATABASE_URL: 'mysql://canary@db' }), /DATABASE_URL: must be `sqlite:` and /],
  'a wrong target': [() => ({ FORWARD_URL: 'ftp://canary' }), /FORWARD_URL: must be an http or https URL/],
  'a taken port': [
    async () => ({ PORT: await takenPort() }),
    /^PORT: port \d+ .* is taken .* Choose another/m,
  ],
  'a folder that no user can write': [
    () => ({ DATABASE_URL: 'sqlite:/proc/callbacks.db' }),
    /^DATABASE_URL names .* cannot create \(\w+\)\. Check the owner and mode of its folder/m,
  ],
  'a name that is almost a setting': [
    () => ({ FORWARD_URLS: 'canary' }),
    /FORWARD_URLS: is no setting\. Give FORWARD_URL/,
  ],
  'a schema of a newer version': [
    () => ({ DATABASE_URL: databaseOfSchema(99) }),
    /^DATABASE_URL: The database has schema 99, .* Run the version that migrated it/m,
  ],
  'a file that is no database': [
    () => ({ DATABASE_URL: textFile() }),
    /^DATABASE_URL names .* Check the path/m,
  ],
  'a port where no PostgreSQL listens': [
    () => ({ DATABASE_URL: 'postgres://user:canary@127.0.0.1:9/name' }),
    /^Nothing accepts connections at the host and port in DATABASE_URL\. Check both, and that PostgreSQL runs\.$/m,
  ],
  'a host that DNS does not know': [
    () => ({ DATABASE_URL: 'postgres://user:canary@nohost.invalid/name' }),
    /^DNS does not know the host in DATABASE_URL\. Check the host\.$/m,
  ],
  'a host that resets connections': [
    async () => ({ DATABASE_URL: await startFakePostgres((socket) => socket.resetAndDestroy()) }),
    /^PostgreSQL at DATABASE_URL closed the connection \(\w+\)\. Check the host and the port, and the log of /m,
  ],
  'a port that speaks no TLS': [
    async () => ({ DATABASE_URL: `${await startFakePostgres(breakTls)}?sslmode=require` }),
    /^TLS with PostgreSQL at DATABASE_URL failed\. Check the certificates and the port\.$/m,
  ],
  'a key that is no key': [() => ({ MASTER_KEYS: 'k1:canary' }), /MASTER_KEYS: has an invalid .* Give `id:`/],
};

test.each(Object.entries(mistakes))('%s is named with its remedy', async (_, [settingsOf, message]) => {
  const valid = {
    CALLBACK_TOKENS: token,
    PORT: '0',
    ADMIN_PORT: '0',
    DATABASE_URL: `sqlite:${temporaryDatabase()}`,
  };
  const server = run(['serve'], { ...valid, ...(await settingsOf()) });
  expect(await server.exit).toBe(mistake);
  expect(server.output()).toMatch(message);
  expect(server.output()).not.toMatch(/^\s+at |canary|not-a-real/m);
});

test('the doctor names settings that a start would refuse, because they do not go together', async () => {
  const settings = { DATABASE_URL: `sqlite:${temporaryDatabase()}`, CALLBACK_TOKENS: token };
  const doctor = runInProcess(['doctor'], { ...settings, NOTIFY_EMAIL_FROM: 'canary@example.com' });
  expect(await doctor.exit).toBe(mistake);
  expect(doctor.output()).toMatch(/NOTIFY_EMAIL_TO: have no effect without NOTIFY_EMAIL_URL\./);
  expect(doctor.output()).not.toContain('canary');
});
