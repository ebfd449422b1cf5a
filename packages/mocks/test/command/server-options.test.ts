import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readServerOptions } from '../../src/command/server-options.ts';

test.each([
  [['--partner', 'no-password'], '--partner must be a user name and a password'],
  [['--partner', ':only-a-password'], '--partner must be a user name and a password'],
  [['--now', 'tomorrow'], '--now must be a time such as'],
  [['--now', '2030-02-31'], '--now must be a time such as'],
  [['--scenario', '/no/such/file'], '--scenario names the file /no/such/file, which cannot be read'],
  [['--policy', '{'], '--policy is not JSON'],
])('the options %j are refused', (args, problem) => {
  expect(() => readServerOptions(args, {})).toThrow(problem);
  expect(() => readServerOptions(args, {})).not.toThrow('only-a-password');
});

test('the options become those of startSandbox', () => {
  const args = [
    '--host',
    '0.0.0.0',
    '--allow-callback-host',
    'one.test',
    '--allow-callback-host',
    'two.test',
  ];
  const container = ['--control-host', '0.0.0.0', '--no-cors', '--pending-after', 'documented'];
  const more = [
    ...container,
    '--policy',
    '{"kind":"random","weights":{"accept":1}}',
    '--now',
    '1700000000000',
  ];
  const { options } = readServerOptions([...args, ...more], { SANDBOX_CONTROL_TOKEN: 'not-a-real-token' });
  expect(options).toEqual({
    host: '0.0.0.0',
    controlHost: '0.0.0.0',
    cors: false,
    pendingAfter: 'documented',
    allowedCallbackHosts: ['one.test', 'two.test'],
    scenario: { name: 'from the command line', policy: { kind: 'random', weights: { accept: 1 } } },
    now: 1_700_000_000_000,
    controlToken: 'not-a-real-token',
  });
});

test('a scenario file may begin with the mark that editors of Windows write', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'scenario.json');
  await writeFile(file, '\uFEFF{"name":"example"}');
  expect(readServerOptions(['--scenario', file], {}).options).toMatchObject({
    scenario: { name: 'example' },
  });
});
