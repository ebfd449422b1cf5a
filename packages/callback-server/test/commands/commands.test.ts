import { type StdioOptions, spawnSync } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { commands, usageOf } from '../../src/commands/commands.ts';
import { verifyPassword } from '../../src/inbox/access/password-hash.ts';
import { callback, token } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { binary, run, serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

test('a command with --help prints its usage', async () => {
  const help = run(['export', '--help']);
  expect(await help.exit).toBe(0);
  expect(help.output()).toContain('Usage: callback-server export\n');
});

test.each(Object.entries(commands))('the usage of %s shows its settings and options', (name, command) => {
  const usage = usageOf(name, command);
  expect(usage).toContain(`Usage: callback-server ${[name, ...(command.parameters ?? [])].join(' ')}`);
  for (const setting of command.settings) expect(usage).toContain(`  ${setting} `);
  for (const option of Object.keys(command.options ?? {})) expect(usage).toContain(`--${option}`);
});

test.each([[['serve', 'now']], [['serve', '--port=1']], [['doctor', 'yourself']]])(
  'refuses %j',
  async (args) => {
    const wrong = runInProcess(args, { CALLBACK_TOKENS: token });
    expect(await wrong.exit).toBe(2);
  },
);

test('an option that is given twice is refused, because only the last would count', async () => {
  const redeliver = run(['redeliver', '--route', 'handler', '--id', 'a', '--id', 'b']);
  expect([await redeliver.exit, redeliver.output()]).toEqual([
    2,
    '--id is given more than once. Give it once.\n',
  ]);
});

test.runIf(existsSync('/dev/full'))('a command whose output is lost exits with 74, without a trace', () => {
  const environment = { PATH: process.env['PATH'] ?? '', CALLBACK_TOKENS: token };
  const settings = { ...environment, DATABASE_URL: `sqlite:${temporaryDatabase()}` };
  const stdio: StdioOptions = ['ignore', openSync('/dev/full', 'w'), 'pipe'];
  const { status, stderr } = spawnSync(process.execPath, [binary, 'doctor'], { env: settings, stdio });
  expect(status).toBe(74);
  expect(stderr.toString()).not.toContain('Unhandled');
});

test('hash-password prints a hash of the first line, and refuses a short password', async () => {
  const hashOf = (input: string) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [binary, 'hash-password'], { input });
    return { text: stdout.toString().trim(), stderr: stderr.toString(), status };
  };
  const { text, status } = hashOf('not-a-real-password-1\r\nsecond line\n');
  expect(status).toBe(0);
  expect(await verifyPassword('not-a-real-password-1', text)).toBe(true);
  for (const input of ['', 'not-a-real-\n'])
    expect(hashOf(input)).toMatchObject({
      text: '',
      status: 2,
      stderr: expect.stringContaining('12 to 1000'),
    });
});

test('the doctor passes a good machine, and prints no token', async () => {
  const path = temporaryDatabase();
  await runInProcess(['migrate'], { DATABASE_URL: `sqlite:${path}` }).exit;
  const doctor = runInProcess(['doctor'], {
    CALLBACK_TOKENS: token,
    DATABASE_URL: `sqlite:${path}`,
    DISK_RESERVE_BYTES: '0',
  });
  expect(await doctor.exit).toBe(0);
  for (const about of ['database', 'flush', 'disk', 'clock'])
    expect(doctor.output()).toMatch(new RegExp(`^(ok|warning) +${about}: `, 'm'));
  expect(doctor.output()).not.toContain(token);
});

test('the doctor asks the running server about the database that it holds', async () => {
  const path = temporaryDatabase();
  const { url } = await serve(path);
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: `sqlite:${path}`, DISK_RESERVE_BYTES: '0' };
  const doctor = runInProcess(['doctor'], { ...settings, HOST: '0.0.0.0', PORT: new URL(url).port });
  expect(await doctor.exit).toBe(0);
  expect(doctor.output()).toMatch(/^ok +database: is open in the server at port \d+, whose writes succeed/m);
});

test('the doctor reports a database that cannot be opened, and continues', async () => {
  const path = temporaryDatabase();
  await serve(path);
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: `sqlite:${path}` };
  const doctor = runInProcess(['doctor'], { ...settings, PORT: '2' });
  expect(await doctor.exit).toBe(1);
  expect(doctor.output()).toMatch(/^failure +database: Another process has/m);
  expect(doctor.output()).toMatch(/^\w+ +clock: /m);
});

test('the doctor reports a missing database folder, and continues', async () => {
  const doctor = runInProcess(['doctor'], {
    CALLBACK_TOKENS: token,
    DATABASE_URL: 'sqlite:./no/such/folder/callbacks.db',
  });
  expect(await doctor.exit).toBe(1);
  for (const about of ['database', 'flush', 'disk'])
    expect(doctor.output()).toMatch(new RegExp(`^failure +${about}: `, 'm'));
  expect(doctor.output()).toMatch(/^ok +clock: /m);
});

test('the doctor checks the public URL with all factors', async () => {
  const factors = {
    CALLBACK_HEADER: 'X-Api-Key: not-a-real-secret-1',
    CALLBACK_BASIC: 'signzy:not-a-real-password',
  };
  const { url } = await serve(temporaryDatabase(), factors);
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: `sqlite:${temporaryDatabase()}`, PUBLIC_URL: url };
  const right = runInProcess(['doctor'], { ...settings, ...factors });
  await right.exit;
  expect(right.output()).toMatch(
    /^warning +public URL: leads to a server that admits callbacks, but by http/m,
  );
  const wrong = runInProcess(['doctor'], settings);
  await wrong.exit;
  expect(wrong.output()).toMatch(/^warning +public URL: .*401/m);
});

test('a second signal ends the server at once', async () => {
  const server = await serve(temporaryDatabase(), { DRAIN_SECONDS: '600' });
  server.process.kill('SIGTERM');
  await expect.poll(() => fetch(`${server.url}/health/ready`).then(({ status }) => status)).toBe(503);
  server.process.kill('SIGINT');
  expect(await server.exit).toBe(1);
});

test('the grace period ends a request that never completes', async () => {
  const server = await serve(temporaryDatabase(), { SHUTDOWN_GRACE_SECONDS: '1' });
  const slow = createConnection(Number(new URL(server.url).port), '127.0.0.1');
  slow.on('error', () => {});
  slow.write(
    `POST /callbacks/${token}/accept HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  );
  await fetch(`${server.url}/health/ready`);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  slow.destroy();
});

test('the log holds no secret, no body and no address', async () => {
  const secrets = {
    CALLBACK_HEADER: 'X-Api-Key: not-a-real-header-1',
    CALLBACK_BASIC: 'signzy:not-a-real-password',
    ALLOWED_ADDRESSES: '127.0.0.1',
    ADMIN_TOKENS: 'not-a-real-admin-1',
    MASTER_KEYS: `canary-key:${Buffer.alloc(32, 'k').toString('base64')}`,
    TRUSTED_PROXY_HOPS: '1',
  };
  const server = await serve(temporaryDatabase(), secrets);
  const authorization = `Basic ${Buffer.from('signzy:not-a-real-password').toString('base64')}`;
  const good = {
    'content-type': 'application/json',
    'x-api-key': 'not-a-real-header-1',
    'x-forwarded-for': '127.0.0.1',
    'user-agent': 'Canary/1.0',
    authorization,
  };
  const send = (
    path: string,
    headers: Record<string, string>,
    body = callback('accept', { name: 'Canary' }),
  ) => fetch(`${server.url}${path}`, { method: 'POST', headers, body });
  const path = `/callbacks/${token}/accept`;
  expect((await send(path, good)).status).toBe(200);
  expect((await send(path, good, '{"Canary')).status).toBe(200);
  expect((await send(path, { ...good, 'x-forwarded-for': '203.0.113.77' })).status).toBe(401);
  expect((await send(path, { ...good, 'x-api-key': 'Canary-wrong-secret' })).status).toBe(401);
  expect((await send('/callbacks/Canary-wrong-token/Canary?q=Canary', good)).status).toBe(404);
  expect((await send(`${path}/Canary`, good)).status).toBe(404);
  await fetch(`${server.adminUrl}/callbacks/Canary`, {
    headers: { authorization: 'Bearer not-a-real-admin-1' },
  });
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);

  const lines = server
    .output()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // Like refusals within a second share a line, so their number depends on the machine.
  const types = lines.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
  expect(types).toEqual(['listening', 'kept', 'refused', 'stopping', 'stopped']);
  expect(lines.filter(({ type }) => type === 'kept')).toHaveLength(2);
  expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', status: 401, reasons: ['address'] }));
  expect(server.output()).not.toMatch(/canary|not-a-real|203\.0\.113|c2lnbnp5/i);
  expect(server.output()).not.toContain(dirname(temporaryDatabase()));
});

/** Returns the URL of a database in which a server has stored a callback of each merchant. */
async function databaseOf(
  merchants: readonly string[],
  settings: Record<string, string> = {},
): Promise<string> {
  const path = temporaryDatabase();
  const server = await serve(path, settings);
  for (const id of merchants)
    await fetch(`${server.url}/callbacks/${token}/accept`, {
      method: 'POST',
      body: callback('accept', { id, name: 'Canary' }),
      headers: { 'content-type': 'application/json' },
    });
  server.process.kill('SIGTERM');
  await server.exit;
  return `sqlite:${path}`;
}

test('verify-store exits with 1 if a callback was changed', async () => {
  const DATABASE_URL = await databaseOf(['one', 'two']);
  const right = runInProcess(['verify-store'], { DATABASE_URL });
  expect([await right.exit, right.output()]).toEqual([0, 'Read 2 callbacks. Problems: 0.\n']);
  const database = new DatabaseSync(DATABASE_URL.replace('sqlite:', ''));
  database.exec("UPDATE callbacks SET body = X'00' WHERE sequence = 1");
  database.close();
  const wrong = runInProcess(['verify-store'], { DATABASE_URL });
  expect(await wrong.exit).toBe(1);
  expect(wrong.output()).toContain('"what":"callback"');
});

test('export writes masked bodies of one merchant, or exact bodies', async () => {
  const DATABASE_URL = await databaseOf(['one', 'two']);
  const masked = runInProcess(['export', '--merchant', 'two'], { DATABASE_URL });
  expect(await masked.exit).toBe(0);
  const [line, ...others] = masked
    .output()
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect([line.merchantId, line.body.merchantData.name, others]).toEqual(['two', '[PII]', []]);

  const exact = runInProcess(['export', '--exact'], { DATABASE_URL });
  expect(await exact.exit).toBe(0);
  const bodies = exact
    .output()
    .trim()
    .split('\n')
    .map((text) => Buffer.from(JSON.parse(text).bodyBase64, 'base64'));
  expect(bodies.map((body) => JSON.parse(body.toString()).merchantData.id)).toEqual(['one', 'two']);
});

test('export says if no callback is stored of a merchant, as after a typing error', async () => {
  const DATABASE_URL = await databaseOf(['one']);
  const none = runInProcess(['export', '--merchant', 'on'], { DATABASE_URL });
  expect([await none.exit, none.output()]).toEqual([
    0,
    'No callback is stored of this merchant: check its id.\n',
  ]);
});

test('purge masks and drops by its settings, and only what is old enough', async () => {
  const DATABASE_URL = await databaseOf(['one', 'two']);
  const early = runInProcess(['purge'], { DATABASE_URL });
  expect([await early.exit, early.output()]).toEqual([
    0,
    'Masked: 0 bodies. Dropped: 0 callbacks, 0 audit entries.\n',
  ]);
  const database = new DatabaseSync(DATABASE_URL.replace('sqlite:', ''));
  // An id begins with the time of its receipt.
  const age = database.prepare(`
    UPDATE callbacks SET received_at = $at, id = printf('%012x', $at) || substr(id, 13) WHERE sequence = $sequence`);
  const daysAgo = (days: number) => Date.now() - days * 24 * 3600 * 1000;
  age.run({ at: daysAgo(2.5), sequence: 1 });
  age.run({ at: daysAgo(5.4), sequence: 2 });
  database.close();
  const due = runInProcess(['purge'], { DATABASE_URL, KEEP_BODIES_DAYS: '2', KEEP_CALLBACKS_DAYS: '5' });
  expect([await due.exit, due.output()]).toEqual([
    0,
    'Masked: 1 bodies. Dropped: 1 callbacks, 0 audit entries.\n',
  ]);
});

test("erase makes a merchant's callbacks unreadable with any master key", async () => {
  const MASTER_KEYS = `first:${Buffer.alloc(32, 'k').toString('base64')}`;
  const DATABASE_URL = await databaseOf(['one', 'two'], { MASTER_KEYS });
  const erased = runInProcess(['erase', 'one'], { DATABASE_URL, MASTER_KEYS });
  expect([await erased.exit, erased.output()]).toEqual([0, 'Erased: 1 callbacks.\n']);
  const unknown = runInProcess(['erase', 'nobody'], { DATABASE_URL, MASTER_KEYS });
  expect([await unknown.exit, unknown.output()]).toEqual([0, expect.stringContaining('check its id')]);
  const left = runInProcess(['export', '--exact'], { DATABASE_URL, MASTER_KEYS });
  await left.exit;
  const lines = left
    .output()
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(lines.map(({ merchantId, held }) => [merchantId, held])).toEqual([
    [undefined, 'nothing'],
    ['two', 'body'],
  ]);
});

test('after rewrap-keys the old master key is not needed', async () => {
  const [first, second] = ['k', 'n'].map(
    (fill, index) => `key-${index}:${Buffer.alloc(32, fill).toString('base64')}`,
  );
  const DATABASE_URL = await databaseOf(['one'], { MASTER_KEYS: first ?? '' });
  const rewrap = runInProcess(['rewrap-keys'], { DATABASE_URL, MASTER_KEYS: `${second},${first}` });
  expect(await rewrap.exit).toBe(0);
  expect(rewrap.output()).toMatch(/^Rewrapped: [1-9]\d* keys\.$/m);
  const verify = runInProcess(['verify-store'], { DATABASE_URL, MASTER_KEYS: second ?? '' });
  expect(await verify.exit).toBe(0);
});

test('rewrap-keys without MASTER_KEYS is refused', async () => {
  const command = runInProcess(['rewrap-keys'], { DATABASE_URL: `sqlite:${temporaryDatabase()}` });
  expect(await command.exit).toBe(2);
  expect(command.output()).toContain('MASTER_KEYS: is required');
});

test('migrate works on a new database and on an existing database', async () => {
  const DATABASE_URL = `sqlite:${temporaryDatabase()}`;
  expect(await runInProcess(['migrate'], { DATABASE_URL }).exit).toBe(0);
  expect(await runInProcess(['migrate'], { DATABASE_URL }).exit).toBe(0);
});

test.each([['purge'], ['erase', 'one'], ['migrate']])(
  '%s refuses a database that a server holds',
  async (...args) => {
    const path = temporaryDatabase();
    await serve(path);
    const command = runInProcess(args, { DATABASE_URL: `sqlite:${path}` });
    expect(await command.exit).toBe(2);
    expect(command.output()).toContain('Another process has');
  },
);
