import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { allSettings } from '../../src/settings/settings.ts';
import { callback, token } from '../support/callbacks.ts';
import { eventually } from '../support/eventually.ts';
import { run, serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

function post(url: string, body: string): Promise<Response> {
  return fetch(`${url}/callbacks/${token}/accept`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
}

test('a callback acknowledged just before SIGKILL survives it', async () => {
  const path = temporaryDatabase();
  const first = await serve(path);
  const response = await post(first.url, callback('accept'));
  first.process.kill('SIGKILL');
  expect(response.status).toBe(200);
  await first.exit;

  const second = await serve(path);
  const kept = await (await fetch(`${second.adminUrl}/callbacks`)).json();
  expect(kept).toMatchObject([{ event: 'accept', verdict: 'valid', seenCount: 1 }]);
});

test('the log holds no token and no personal data', async () => {
  const server = await serve(temporaryDatabase(), { FORWARD_URL: 'http://127.0.0.1:2/nobody' });
  await post(server.url, callback('accept', { name: 'Canary Person', AadhaarUid: '2341 2341 2346' }));
  await post(server.url, '{"canary": "Canary Person"');
  await fetch(`${server.url}/callbacks/${token}/Canary`);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.output()).toContain('"kept"');
  expect(server.output()).not.toMatch(/Canary|2341 ?2341 ?2346|not-a-real/);
});

test('the inbox shows each setting by its name, and of a secret only that it is set', async () => {
  const server = await serve(temporaryDatabase(), { FORWARD_SECRET: '', MAX_BODY_BYTES: '77777' });
  const page = await (await fetch(`${server.adminUrl}/inbox/settings`)).text();
  const text = page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  expect(allSettings.filter((name) => !text.includes(` ${name} `))).toEqual([]);
  expect(text).toContain('CALLBACK_TOKENS set tokens that');
  expect(text).toContain('FORWARD_SECRET not set ');
  expect(text).toContain('MAX_BODY_BYTES 77777 ');
  expect(text).not.toContain(token);
  // It has no handlers, and nothing to confirm with.
  const routes = await (await fetch(`${server.adminUrl}/inbox/routes`)).text();
  expect(routes).not.toMatch(/>(handler|confirm)</);
});

test('the settings show no half of the credentials at the provider, and the routes only routes of this server', async () => {
  const server = await serve(temporaryDatabase(), {
    FORWARD_URL: 'http://127.0.0.1:2/',
    PROVIDER_URL: 'http://127.0.0.1:2/',
    PARTNER_USERNAME: 'canary-broker',
    PARTNER_PASSWORD: 'Not-a-real-password-1',
  });
  const textOf = async (path: string) =>
    (await (await fetch(`${server.adminUrl}${path}`)).text())
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ');
  expect(await textOf('/inbox/settings')).toMatch(/ PARTNER_USERNAME set .* PARTNER_PASSWORD set /);
  expect(await textOf('/inbox/settings')).not.toContain('canary');
  expect(await textOf('/inbox/routes')).toContain(' forward closed ');
  expect(await textOf('/inbox/routes')).not.toContain(' handler ');
  expect(await textOf('/metrics')).not.toContain('route="handler"');
});

const failsOnce = new URL('../support/fails-once.ts', import.meta.url).href;

test('an inbox that could not be loaded is loaded by the next request', async () => {
  const server = await serve(temporaryDatabase(), {
    FAILS_ONCE: 'create-inbox',
    NODE_OPTIONS: `--import ${failsOnce}`,
  });
  const failed = await fetch(`${server.adminUrl}/inbox`);
  expect([failed.status, await failed.text()]).toEqual([
    503,
    expect.stringContaining('The log names the fault.'),
  ]);
  await eventually(() => expect(server.output()).toMatch(/"fault".*EMFILE/));
  expect((await fetch(`${server.adminUrl}/inbox`)).status).toBe(200);
});

test('the built server refuses a URL whose percent-encoding is malformed', async () => {
  const { adminUrl } = await serve(temporaryDatabase());
  for (const [method, path] of [
    ['GET', '/callbacks?merchantId=%zz'],
    ['DELETE', '/merchants/%zz'],
    ['GET', '/inbox/%zz'],
  ] as const)
    expect((await fetch(adminUrl + path, { method })).status, path).toBe(400);
});

test('a log reader that reads nothing does not block the server', async () => {
  const server = await serve(temporaryDatabase());
  server.process.stdout?.pause();
  // More lines than a pipe can hold.
  for (let round = 0; round < 20; round++) {
    const ids = Array.from({ length: 100 }, (_, index) => `${round}-${index}`);
    const answers = await Promise.all(ids.map((id) => post(server.url, callback('accept', { id }))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  }
  server.process.stdout?.resume();
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.output().match(/"kept"/g)).toHaveLength(2000);
});

test('SIGTERM ends the server with exit code 0', async () => {
  const path = temporaryDatabase();
  const server = await serve(path);
  expect((await post(server.url, callback('accept'))).status).toBe(200);
  server.process.kill('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.output()).toContain('"stopped"');
});

test('refuses a database that another process holds', async () => {
  const path = temporaryDatabase();
  await serve(path);
  const second = run(['serve'], {
    CALLBACK_TOKENS: token,
    PORT: '0',
    ADMIN_PORT: '0',
    DATABASE_URL: `sqlite:${path}`,
  });
  expect(await second.exit).toBe(2);
  expect(second.output()).toContain('Another process has');
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

test('the listening line tells the version, the store, the factors and the routes, and no secret', async () => {
  const server = await serve(temporaryDatabase(), {
    CALLBACK_HEADER: 'X-Api-Key: canary-canary-canary',
    ALLOWED_ADDRESSES: '192.0.2.0/24',
    FORWARD_URL: 'http://127.0.0.1:2/canary',
  });
  const line = server
    .output()
    .split('\n')
    .find((each) => each.includes('"listening"'));
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(JSON.parse(line ?? '')).toMatchObject({
    version,
    store: 'sqlite',
    factors: ['token', 'header', 'address'],
    routes: ['forward'],
  });
  expect(line).not.toContain('canary');
});

test('a callback that crashes the process each time ends as dead', async () => {
  const path = temporaryDatabase();
  const codes: (number | null)[] = [];
  while (codes.length < 10 && codes.at(-1) !== 0) codes.push(await runEndedByHandler(path));
  // One attempt, and one for each delay. The next run has nothing to deliver.
  expect(codes).toEqual([9, 9, 9, 0]);
});

/** Runs a server whose handler exits with 9. Without a delivery the server exits with 0. */
function runEndedByHandler(path: string): Promise<number | null> {
  const options = { databaseUrl: `sqlite:${path}`, callbackTokens: [token], port: 0, adminPort: 0 };
  const script = `
    import { createCallbackServer } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url))};
    const delays = { deliveryDelaysMs: [1, 1] };
    const server = await createCallbackServer({ ...${JSON.stringify(options)}, ...delays });
    server.on('accept', () => process.exit(9));
    const { url } = await server.start();
    const init = { method: 'POST', body: ${JSON.stringify(callback('accept'))},
      headers: { 'content-type': 'application/json' } };
    await fetch(url + '/callbacks/${token}/accept', init);
    const open = async () => (await server.callbacks.list())[0].deliveries[0].state !== 'dead';
    while (await open()) await new Promise(setImmediate);
    await server.stop();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return new Promise((resolve) => child.once('close', resolve));
}

test('reports all invalid settings at once, without their values', async () => {
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

test('prints its usage, and refuses an unknown command', async () => {
  const help = run(['--help'], {});
  expect(await help.exit).toBe(0);
  for (const setting of allSettings) expect(help.output()).toContain(`  ${setting} `);
  const unknown = run(['sevre'], {});
  expect(await unknown.exit).toBe(2);
  expect(unknown.output()).toContain('Unknown command "sevre".\n\nUsage');
  const missing = run([], {});
  expect(await missing.exit).toBe(2);
  expect(missing.output()).toContain('Give a command.\n\nUsage');
});

test('the README names only settings that exist', () => {
  const [table = ''] = readme.match(/\| setting \|.*?\n\n/s) ?? [];
  const named = [...table.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name);
  expect(named).toContain('CALLBACK_TOKENS');
  expect(allSettings).toEqual(expect.arrayContaining(named));
});
