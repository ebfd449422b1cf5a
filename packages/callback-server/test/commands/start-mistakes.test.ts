import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { token } from '../support/callbacks.ts';
import { startFakePostgres } from '../support/fake-postgres.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { run, serve } from '../support/running-binary.ts';
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
    /^DATABASE_URL: The database has schema 99, .* Run the version that migrated the database/m,
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

test.each(Object.entries(mistakes))(
  'serve names %s, and says what to do',
  async (_, [settingsOf, message]) => {
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
  },
);

test('the doctor names settings that a start would refuse, because they do not go together', async () => {
  const settings = { DATABASE_URL: `sqlite:${temporaryDatabase()}`, CALLBACK_TOKENS: token };
  const doctor = runInProcess(['doctor'], { ...settings, NOTIFY_EMAIL_FROM: 'canary@example.com' });
  expect(await doctor.exit).toBe(mistake);
  expect(doctor.output()).toMatch(/NOTIFY_EMAIL_TO: have no effect without NOTIFY_EMAIL_URL\./);
  expect(doctor.output()).not.toContain('canary');
});

test('a taken admin port ends the start with exit code 2', async () => {
  const { adminUrl } = await serve(temporaryDatabase());
  const second = run(['serve'], {
    CALLBACK_TOKENS: token,
    PORT: '0',
    ADMIN_PORT: new URL(adminUrl).port,
    DATABASE_URL: `sqlite:${temporaryDatabase()}`,
  });
  expect(await second.exit).toBe(2);
  expect(second.output()).toMatch(/^ADMIN_PORT: .*EADDRINUSE/m);
});

test.each<[string, Record<string, string>]>([
  ['HOST', { HOST: '192.0.2.1' }],
  ['HOST', { HOST: 'nothing.invalid' }],
  ['ADMIN_HOST', { ADMIN_HOST: '192.0.2.1', ADMIN_TOKENS: token }],
  ['DATABASE_URL', { DATABASE_URL: 'sqlite:/nowhere/callbacks.db' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgres://someone:canary@127.0.0.1:1/callbacks' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgres://someone@canary.invalid/callbacks' }],
])('an error at the start names %s: %j', async (name, environment) => {
  const server = run(['serve'], {
    CALLBACK_TOKENS: token,
    PORT: '0',
    ADMIN_PORT: '0',
    DATABASE_URL: `sqlite:${temporaryDatabase()}`,
    ...environment,
  });
  expect(await server.exit).toBe(2);
  expect(server.output()).toMatch(new RegExp(`^(${name}(:| names)|.* in ${name}\\.) `, 'm'));
  expect(server.output()).not.toContain('canary');
});

test('an error at the start names MASTER_KEYS if the keys are wrong', async () => {
  const path = temporaryDatabase();
  const key = (byte: number) => `k1:${Buffer.alloc(32, byte).toString('base64')}`;
  const first = await serve(path, { MASTER_KEYS: key(1) });
  first.process.kill('SIGTERM');
  await first.exit;
  const environment = { CALLBACK_TOKENS: token, PORT: '0', ADMIN_PORT: '0', DATABASE_URL: `sqlite:${path}` };
  for (const given of [{ MASTER_KEYS: key(2) }, {}]) {
    const second = run(['serve'], { ...environment, ...given });
    expect(await second.exit).toBe(2);
    expect(second.output()).toMatch(/^MASTER_KEYS: /m);
  }
});

test('the start reports all invalid settings at once, without their values', async () => {
  const settings = {
    PORT: '99999',
    CALLBACK_TOKENS: 'short',
    DATABASE_URL: 'mysql://secret@x',
    FORWARD_URL: 'https://someone:secret@forward.example',
    FORWARD_SECRET: '%secret%',
  };
  const wrong = run(['serve'], settings);
  expect(await wrong.exit).toBe(2);
  for (const name of Object.keys(settings)) expect(wrong.output()).toContain(`${name}:`);
  expect(wrong.output()).not.toMatch(/short|secret[@%]|99999/);
});
