import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runControlCommand } from '../../src/command/control-commands.ts';
import { readServerOptions } from '../../src/command/server-options.ts';

test.each([
  [['--partner', 'no-password'], '--partner must be a user name and a password'],
  [['--partner', ':only-a-password'], '--partner must be a user name and a password'],
  [['--now', 'tomorrow'], '--now must be a time such as'],
  [['--now', '2030-02-31'], '--now must be a time such as'],
  [['--scenario', '/no/such/file'], '--scenario names the file /no/such/file, which cannot be read'],
  [['--policy', '{'], '--policy is not JSON'],
  [['--policy', 'auto-acept'], '--policy is wrong. Unknown kind of policy: "auto-acept"'],
  [['--policy', '{"kind":"random","weights":{"accept":0}}'], '--policy is wrong. The weights'],
  [['--pending-after', 'soon'], 'Invalid value of --pending-after: "soon"'],
  [['--pending-after', '2'], 'An example is 2s.'],
  [['--seed', '1', '--seed', '2'], '--seed is given more than once. Give it once.'],
  [['--partner', 'a:b', '--partner', 'c:d'], '--partner is given more than once. Give it once.'],
  [['--control-token', 'short'], '--control-token must have at least 16 letters'],
  [['--control-token', ''], '--control-token must have at least 16 letters'],
])('the options %j are refused', (args, problem) => {
  expect(() => readServerOptions(args, {})).toThrow(problem);
  expect(() => readServerOptions(args, {})).not.toThrow('only-a-password');
});

test('the options of the command become the options of startSandbox', () => {
  const args = [
    '--host',
    '0.0.0.0',
    '--allow-callback-host',
    'one.test',
    '--allow-callback-host',
    'two.test',
  ];
  const container = ['--control-host', '0.0.0.0', '--no-cors', '--pending-after', 'documented'];
  const provider = ['--dialect', 'framework', '--expired-files', 'refuse'];
  const more = [
    ...container,
    ...provider,
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
    dialect: 'framework',
    expiredFiles: 'refuse',
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

test('a scenario file that is not JSON is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'scenario.json');
  await writeFile(file, '{');
  expect(() => readServerOptions(['--scenario', file], {})).toThrow(
    `The file ${file} of --scenario is not JSON.`,
  );
});

test.each([
  ['--expired-files', 'x', 'Unknown value of --expired-files: "x"'],
  ['--allow-callback-host', '', '--allow-callback-host must have'],
  ['--allow-callback-host', 'http://one.test', '--allow-callback-host must have'],
])('%s %s is refused by the name of the option', (option, value, problem) => {
  expect(() => readServerOptions([option, value], {})).toThrow(problem);
});

test.each(['SANDBOX_CONTROL_TOKENS', 'SANDBOX_CONTROL_TOKN', 'SANDBOX_PORT'])(
  'the variable %s is refused by name, because it would have no effect',
  async (name) => {
    const problem = `${name} is not a variable of partner-sandbox. Use SANDBOX_CONTROL_TOKEN or SANDBOX_CONTROL_URL`;
    expect(() => readServerOptions([], { [name]: '4010' })).toThrow(problem);
    await expect(runControlCommand('cases', [], { [name]: '4010' })).rejects.toThrow(problem);
  },
);

test('the variables of test runners and of a Kubernetes service called sandbox are accepted', () => {
  const env = {
    SANDBOX_SEED: '7',
    SANDBOX_URL: 'http://127.0.0.1:4010',
    SANDBOX_SERVICE_HOST: '10.0.0.1',
    SANDBOX_SERVICE_PORT: '4010',
    SANDBOX_PORT: 'tcp://10.0.0.1:4010',
    SANDBOX_PORT_4010_TCP_ADDR: '10.0.0.1',
    SANDBOX_CONTROL_TOKENS: '',
  };
  expect(readServerOptions([], env).kind).toBe('serve');
});

test('a short control token in the environment is refused by the name of its variable', async () => {
  const env = { SANDBOX_CONTROL_TOKEN: 'short' };
  const problem = 'SANDBOX_CONTROL_TOKEN must have at least 16 letters';
  expect(() => readServerOptions([], env)).toThrow(problem);
  await expect(runControlCommand('cases', [], env)).rejects.toThrow(problem);
});
