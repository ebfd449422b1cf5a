import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommandFailure } from '../../src/command/call.ts';
import { runControlCommand } from '../../src/command/control-commands.ts';
import { runSink } from '../../src/command/sink.ts';
import { type Snapshot, scenario } from '../../src/index.ts';
import { type RunningSandbox, startSandbox } from '../../src/node.ts';
import { listen } from '../support/listen.ts';

const controlToken = 'not-a-real-control-token';
const credentials = { username: 'example', password: 'Not-a-real-password-1' };
const cases = scenario()
  .partner(credentials, { accept: 'http://127.0.0.1:9/' })
  .merchants(2, 'pending')
  .build();

let running: RunningSandbox;
let env: NodeJS.ProcessEnv;
let printed: string[];

beforeEach(async () => {
  running = await startSandbox({ port: 0, controlPort: 0, controlToken, scenario: cases });
  env = { SANDBOX_CONTROL_TOKEN: controlToken, SANDBOX_CONTROL_URL: running.controlUrl };
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(`${line}`));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await running.close();
});

const run = (name: string, ...args: readonly string[]) => runControlCommand(name, args, env);
const statuses = () => running.sandbox.backOffice.cases().map(({ status }) => status);

test('a case is decided by the partner’s reference, and by its id', async () => {
  const [, second] = running.sandbox.backOffice.cases();
  await run('accept', 'EXAMPLE-0001');
  await run('reverse', 'EXAMPLE-0001', '--reason', 'wrong photo');
  await run('ask', second?.id ?? '', '--instructions', 'again');
  expect(statuses()).toEqual(['reject', 'draft']);
  expect(running.sandbox.backOffice.cases()[0]?.decision).toMatchObject({ reason: 'wrong photo' });
  expect(printed[0]).toMatch(/^[0-9a-f]{24} is now accept\.$/);
});

test('a decision that cannot be made says what to do', async () => {
  await expect(run('accept', 'EXAMPLE-9999')).rejects.toThrow(
    'There is no case EXAMPLE-9999. `partner-sandbox cases`',
  );
  await expect(run('accept', 'EXAMPLE-000')).rejects.toThrow(CommandFailure);
  await expect(run('accept')).rejects.toThrow('Name the case');
  await run('accept', 'EXAMPLE-0001');
  await expect(run('accept', 'EXAMPLE-0001')).rejects.toThrow('Possible decisions: reject');
  running.sandbox.load(scenario().partner().merchants(1).build());
  const twice = running.sandbox.snapshot();
  const [merchant] = Object.values(twice.merchants);
  const copy = { ...twice.merchants, copied: { ...merchant, id: 'copied' } };
  running.sandbox.restore({
    ...twice,
    ordinals: { ...twice.ordinals, merchant: 2 },
    merchants: copy as never,
  });
  await expect(run('accept', 'EXAMPLE-0001')).rejects.toThrow('2 cases have the reference EXAMPLE-0001');
});

test('a missing or wrong control token is named', async () => {
  await expect(runControlCommand('cases', [], {})).rejects.toThrow('The control token is missing');
  await expect(run('cases', '--control-token', 'another-control-token')).rejects.toThrow(
    'The sandbox refuses the control token. Give the token that the sandbox prints when it starts, with --control-token or SANDBOX_CONTROL_TOKEN.',
  );
});

test('cases, the clock, faults, the journal and callbacks are printed as lines or as JSON', async () => {
  await run('cases', '--status', 'pending');
  expect(printed.splice(0)).toEqual([
    expect.stringContaining('EXAMPLE-0001'),
    expect.stringContaining('EXAMPLE-0002'),
  ]);
  const before = running.sandbox.clock.now();
  await run('advance', '2d');
  expect(running.sandbox.clock.now() - before).toBeGreaterThanOrEqual(2 * 86_400_000);
  await expect(run('advance', '2 days')).rejects.toThrow('Invalid duration');
  await run('faults', 'add', 'operation=pushMerchant', 'kind=status', 'status=503', 'times=1');
  await run('faults', '--json');
  expect(JSON.parse(printed.pop() ?? '')).toMatchObject({ kind: 'status', status: 503 });
  await expect(run('faults', 'add', 'operation=pushMerchant', 'kind=rest')).rejects.toThrow(/kind/);
  await run('faults');
  expect(printed.pop()).toBe('fault-1  status  pushMerchant  status=503 times=1 struck 0 of 0 times');
  await run('faults', 'remove', 'fault-1');
  await run('faults', 'clear');
  expect(running.sandbox.faults.list()).toEqual([]);
  await run('accept', 'EXAMPLE-0001');
  printed.splice(0);
  await run('journal');
  expect(printed.join('\n')).toMatch(/case [0-9a-f]{24}: pending to accept, by back-office/);
  await run('callbacks');
  expect(printed.at(-1)).toMatch(/accept +[0-9a-f]{24}/);
});

test('every case is listed and found, however many there are', async () => {
  const { backOffice } = running.sandbox;
  for (let count = 0; count < 11; count++) backOffice.addSampleCases(100);
  await run('cases');
  expect(printed).toHaveLength(backOffice.cases().length);
  await expect(run('accept', 'EXAMPLE')).rejects.toThrow('There is no case EXAMPLE.');
  const last = `${backOffice.cases().at(-1)?.customer.signzyAppId}`;
  await expect(run('accept', last)).resolves.toBeUndefined();
  expect(statuses().at(-1)).toBe('accept');
});

test.each([
  [['cases', 'extra'], 'cases does not take the argument "extra".'],
  [['cases', '--reason', 'x'], 'cases has no option --reason.'],
  [['accept', 'EXAMPLE-0001', 'EXAMPLE-0002'], 'accept does not take the argument "EXAMPLE-0002".'],
  [['accept', 'EXAMPLE-0001', '--follow'], 'accept has no option --follow.'],
  [['advance', '2', 'd'], 'advance does not take the argument "d".'],
  [['journal', '--status', 'pending'], 'journal has no option --status.'],
  [['faults', 'clear', 'fault-1'], 'faults clear does not take the argument "fault-1".'],
  [['faults', 'remove', 'fault-1', 'fault-2'], 'faults remove does not take the argument "fault-2".'],
  [['faults', 'remove'], 'Name the fault by its id.'],
  [['faults', 'add', 'operation=*', 'kind=reset', 'times=1', 'times=5'], 'times is given more than once.'],
  [['accept', 'EXAMPLE-0001', '--reason', 'x', '--reason', 'y'], '--reason is given more than once.'],
  [
    ['advance', '2'],
    'Invalid duration: "2". Write a number with its unit: ms, s, m, h or d. An example is 2s.',
  ],
])('%j is refused, because a part of it would have no effect', async ([name = '', ...args], problem) => {
  running.sandbox.faults.add({ operation: '*', kind: 'throttled-403' });
  await expect(run(name, ...args)).rejects.toThrow(problem);
  expect(statuses()).toEqual(['pending', 'pending']);
  expect(running.sandbox.faults.list()).toHaveLength(1);
});

test('callbacks --follow prints each new and each changed callback, however many come at once', async () => {
  const { sandbox } = running;
  await run('accept', 'EXAMPLE-0001');
  printed.splice(0);
  const following = run('callbacks', '--follow', '--json');
  const ended = expect(following).rejects.toThrow('No sandbox responds');
  await vi.waitFor(() => expect(printed).not.toEqual([]), 240_000);
  sandbox.faults.add({ callback: 'accept', kind: 'duplicate', copies: 100 });
  for (let count = 0; count < 2; count++) sandbox.backOffice.addSampleCases(1);
  for (const { id, status } of sandbox.backOffice.cases())
    if (status === 'pending') sandbox.backOffice.accept(id);
  const ids = sandbox.callbacks.all().map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(100);
  const shown = () => new Map(printed.map((line) => [JSON.parse(line).id, JSON.parse(line)]));
  await vi.waitFor(() => expect([...shown().keys()].sort()).toEqual(ids.toSorted()), 240_000);
  const [first = ''] = ids;
  await sandbox.callbacks.redeliver(first);
  const attempts = sandbox.callbacks.find(first)?.attempts.length ?? 0;
  await vi.waitFor(
    () => expect(shown().get(first)?.attempts.length).toBeGreaterThanOrEqual(attempts),
    240_000,
  );
  await running.close();
  await ended;
});

test('journal --follow prints each entry, and says how many entries the journal has dropped', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { sandbox } = running;
  sandbox.reset();
  const send = () => sandbox.fetch('http://sandbox.test/api/distributors/login', { method: 'POST' });
  await send();
  const following = run('journal', '--follow', '--json');
  const ended = expect(following).rejects.toThrow('No sandbox responds');
  const ids = () => printed.map((line) => JSON.parse(line).id);
  await vi.waitFor(() => expect(ids()).toEqual([1]), 240_000);
  sandbox.reset();
  await send();
  await vi.waitFor(() => expect(ids()).toEqual([1, 1]), 240_000);
  // Without a pause, so that the command cannot read between two requests.
  const { fetch } = sandbox;
  await Promise.all(Array.from({ length: 1500 }, () => fetch('http://sandbox.test/x', { method: 'POST' })));
  await vi.waitFor(() => expect(ids().at(-1)).toBe(1501), 240_000);
  const dropped = 1501 - ids().length + 1;
  const noted = log.mock.calls.map(([line]) =>
    Number(/^(\d+) entries are missing here/.exec(line)?.[1] ?? 0),
  );
  expect(noted.reduce((sum, each) => sum + each, 0)).toBe(dropped);
  sandbox.reset();
  await send();
  await vi.waitFor(() => expect(ids().at(-1)).toBe(1), 240_000);
  await running.close();
  await ended;
});

test('a reference cannot add lines or control the terminal', async () => {
  const [first] = Object.values(cases.state?.merchants ?? {});
  const customer = { ...first?.customer, signzyAppId: 'A\nB\u001b[31m\u202e' };
  const merchants = { [`${first?.id}`]: { ...first, customer } };
  running.sandbox.restore({ ...running.sandbox.snapshot(), merchants, callbacks: {} } as Snapshot);
  await run('cases');
  expect(printed).toEqual([expect.stringMatching(/ A\\u\{a\}B\\u\{1b\}\[31m\\u\{202e\}$/)]);
});

test('the clock advances by milliseconds too', async () => {
  const before = running.sandbox.clock.now();
  await run('advance', '1001ms');
  expect(running.sandbox.clock.now()).toBeGreaterThanOrEqual(before + 1001);
});

test('the address of another server is refused by name', async () => {
  const page = await listen(
    () => new Response('<html></html>', { headers: { 'content-type': 'text/html' } }),
  );
  for (const url of [running.url, page.url])
    await expect(run('cases', '--control-url', url)).rejects.toThrow(
      'The address of --control-url is not the address of a control API.',
    );
  await page.close();
});

test('without a server, the message names the address, and says what to do', async () => {
  const other = run('cases', '--control-url', 'http://127.0.0.1:9');
  await expect(other).rejects.toThrow('No sandbox responds at http://127.0.0.1:9.');
});

test('the sink prints callbacks with masked values, and responds with the status of --status', async () => {
  const { url, close } = await runSink(['--port', '0', '--status', '503']);
  const body = JSON.stringify({
    merchantData: { id: '6553f1000000000000000004', status: 'accept', name: 'Asha' },
  });
  const { status } = await fetch(url, { method: 'POST', body });
  await fetch(url, { method: 'POST', body: 'Asha' });
  await close();
  expect(status).toBe(503);
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({
    method: 'POST',
    body: { merchantData: { status: 'accept' } },
  });
  expect(printed.join()).not.toContain('Asha');
  await expect(runSink(['--status', '99'])).rejects.toThrow('--status must be a status');
});

test.each([
  [['accept']],
  [['advance']],
  [['advance', 'zz']],
  [['faults', 'remove']],
  [['faults', 'change']],
  [['faults', 'add', 'kind']],
  [['faults', 'add', 'operation=*', 'kind=rest']],
  [['cases', '--status', 'no-such-status']],
  [['cases', 'extra']],
])('%j is a mistake in the command, not a failure', async ([name = '', ...args]) => {
  const problem = await run(name, ...args).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Error);
  expect(problem).not.toBeInstanceOf(CommandFailure);
});
