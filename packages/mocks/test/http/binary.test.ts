import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { ApiSession, flowId, pendingMerchant, readyPartner, realmId } from '../support/journey.ts';
import { startReceiver } from '../support/receiver.ts';

const binary = new URL('../../bin/partner-sandbox.js', import.meta.url).pathname;
const started: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}, last = '--json') {
  const child = spawn(process.execPath, [binary, ...args], { env: { ...process.env, ...env } });
  started.push(child);
  const output = { text: '' };
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output.text += chunk;
      if (output.text.includes(last)) resolve(output.text);
    });
  });
  child.stderr.on('data', (chunk) => {
    output.text += chunk;
  });
  return { child, ready, output, ended: once(child, 'close').then(([code]) => code as number | null) };
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'the command starts, prints its addresses, and stops on %s',
  async (signal) => {
    const { child, ready, ended } = run(['--port', '0', '--control-port', '0', '--seed', '7']);
    const text = await ready;
    const [api, control] = [...text.matchAll(/http:\/\/127\.0\.0\.1:\d+/g)].map(([url]) => url);
    const token = /control token +(\S+)/.exec(text)?.[1];
    const administrator = /administrator token +(\S+)/.exec(text)?.[1] ?? '';
    const health = await fetch(`${control}/health`, { headers: { authorization: `Bearer ${token}` } });
    expect(health.status).toBe(200);
    const created = await fetch(`${api}/api/distributors`, {
      method: 'POST',
      headers: { authorization: administrator, 'content-type': 'application/json' },
      body: '{"username":"example-broker","password":"Not-a-real-password-1"}',
    });
    expect(created.status).toBe(200);
    expect(text).toContain('6553e0000000000000000002');
    child.kill(signal);
    expect(await ended).toBe(0);
  },
);

test('a start reads few files, and does not load Node’s fetch, because both take time', async () => {
  const probe = `
    import { registerHooks } from 'node:module';
    const files = [];
    registerHooks({
      load: (url, context, next) => {
        if (url.startsWith('file:')) files.push(url);
        return next(url, context);
      },
    });
    process.on('exit', () => console.log(JSON.stringify({ files, ofNode: process.moduleLoadList })));`;
  const { child, ready, ended, output } = run(['--port', '0', '--control-port', '0'], {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(probe)}`,
  });
  await ready;
  child.kill('SIGTERM');
  await ended;
  const { files, ofNode } = JSON.parse(output.text.trim().split('\n').at(-1) ?? '');
  expect(files.length).toBeLessThanOrEqual(20);
  expect(ofNode).toContain('NativeModule http');
  expect(ofNode.filter((name: string) => name.includes('undici'))).toEqual([]);
});

test('the command takes a partner, a policy, a time and a token, and prints one line of JSON', async () => {
  const token = 'not-a-real-control-token';
  const args = [
    '--port',
    '0',
    '--control-port',
    '0',
    '--json',
    '--seed',
    '7',
    '--now',
    '2030-01-31T10:00:00Z',
  ];
  const more = ['--partner', 'example:Not-a-real:1', '--policy', 'auto-accept:1m', '--requests', 'warn'];
  const { child, ready, ended } = run(
    [...args, ...more, '--control-token', token, '--host', 'localhost'],
    {},
    '}\n',
  );
  const { url, controlUrl, controlToken, seed, partner, realm } = JSON.parse(await ready);
  expect({ controlToken, seed, realm }).toMatchObject({
    controlToken: token,
    seed: '7',
    realm: { id: expect.any(String) },
  });
  const second = (Date.parse('2030-01-31T10:00:00Z') / 1000).toString(16);
  expect(partner.distributorId.slice(0, 8)).toBe(second);
  const login = await fetch(`${url}/api/distributors/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"username":"example","password":"Not-a-real:1"}',
  });
  expect(login.status).toBe(200);
  const health = await fetch(`${controlUrl}/health`);
  expect(health.status).toBe(200);
  const authorization = `Bearer ${token}`;
  const policy = await fetch(`${controlUrl}/policy`, { headers: { authorization } });
  expect(await policy.json()).toEqual({ kind: 'auto-accept', after: '1m' });
  const clock = await fetch(`${controlUrl}/clock`, { headers: { authorization } });
  expect(await clock.json()).toMatchObject({ now: Date.parse('2030-01-31T10:00:00Z') });
  child.kill();
  expect(await ended).toBe(0);
});

test('--version prints the version', async () => {
  const { output, ended } = run(['--version']);
  expect(await ended).toBe(0);
  expect(output.text).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('--help prints the options', async () => {
  const { output, ended } = run(['--help']);
  expect(await ended).toBe(0);
  expect(output.text).toContain('--control-port');
});

test('--help of a command prints the options', async () => {
  const { output, ended } = run(['accept', '--help']);
  expect(await ended).toBe(0);
  expect(output.text).toContain('--reason');
});

test('a callback to this machine does not go through the proxy of the environment', async () => {
  const receiver = await startReceiver();
  onTestFinished(receiver.close);
  const proxy = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '' };
  const server = run(['--port', '0', '--control-port', '0', '--json'], proxy, '}\n');
  const { url, controlUrl, controlToken, administratorToken } = JSON.parse(await server.ready);
  const api = new ApiSession(fetch, url);
  const { token, distributorId } = await readyPartner(api, administratorToken);
  const callbacks = { pending: receiver.url };
  await api.send('registerCallbacks', { token, json: { distributorId, realmId, flowId, callbacks } });
  await pendingMerchant(api, token);
  const next = await fetch(`${controlUrl}/callbacks/next`, {
    headers: { authorization: `Bearer ${controlToken}` },
  });
  expect(await next.json()).toMatchObject({ status: 'delivered' });
  expect(receiver.received).toHaveLength(1);
});

test('a command ends quietly when the reader of its output has left', async () => {
  const token = 'not-a-real-control-token';
  const server = run(['--port', '0', '--control-port', '0', '--control-token', token, '--json'], {}, '}\n');
  const { url, controlUrl } = JSON.parse(await server.ready);
  const follower = run(
    ['journal', '--follow', '--json', '--control-token', token, '--control-url', controlUrl],
    {},
    '"kind":"request"',
  );
  await fetch(`${url}/api/first`);
  await follower.ready;
  follower.child.stdout.destroy();
  await fetch(`${url}/api/second`);
  expect(await follower.ended).toBe(0);
  expect(follower.output.text).not.toContain('EPIPE');
});

test.each([
  [['--prot', '1'], "Unknown option '--prot'"],
  [['--port', 'x'], '--port must be a number from 0 to 65535'],
  [['--control-port', '70000'], '--control-port must be a number from 0 to 65535'],
  [['--port'], "'--port <value>' argument missing"],
  [['--seed'], "'--seed <value>' argument missing"],
  [['extra'], 'Unknown command "extra". Use: accept, reject, ask, reverse, cases, advance'],
])('the command refuses the options %j, and names --help', async (args, problem) => {
  const { output, ended } = run(args);
  expect(await ended).toBe(2);
  expect(output.text).toMatch(/^partner-sandbox: .+\nUse partner-sandbox --help\.\n$/s);
  expect(output.text).toContain(problem);
  expect(output.text).not.toContain('    at ');
});

test.each(['--port', '--control-port'])('the command reports a taken %s', async (option) => {
  const taker = createServer().listen(0, '127.0.0.1');
  await once(taker, 'listening');
  const { port } = taker.address() as { port: number };
  const other = option === '--port' ? '--control-port' : '--port';
  const { output, ended } = run([other, '0', option, `${port}`]);
  expect(await ended).toBe(2);
  expect(output.text).toContain(`Port ${port} is in use`);
  expect(output.text).toContain(`or give another port with ${option}.`);
  // The options were right, so the help would not help.
  expect(output.text).not.toMatch(/--help| {4}at /);
  taker.close();
});

test('the command does not run in production', async () => {
  const { output, ended } = run(['--port', '0', '--control-port', '0'], { NODE_ENV: 'production' });
  expect(await ended).toBe(2);
  expect(output.text).toContain('NODE_ENV=production');
});
