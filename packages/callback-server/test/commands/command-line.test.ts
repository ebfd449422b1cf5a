import { type StdioOptions, spawnSync } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands, usageOf } from '../../src/commands/commands.ts';
import { allSettings } from '../../src/settings/settings.ts';
import { token } from '../support/callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { binary, run } from '../support/running-binary.ts';
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
  'the command line refuses %j',
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

test.runIf(existsSync('/dev/full'))(
  'a command whose output is lost exits with 74, without a stack trace',
  () => {
    const environment = { PATH: process.env['PATH'] ?? '', CALLBACK_TOKENS: token };
    const settings = { ...environment, DATABASE_URL: `sqlite:${temporaryDatabase()}` };
    const stdio: StdioOptions = ['ignore', openSync('/dev/full', 'w'), 'pipe'];
    const { status, stderr } = spawnSync(process.execPath, [binary, 'doctor'], { env: settings, stdio });
    expect(status).toBe(74);
    expect(stderr.toString()).not.toContain('Unhandled');
  },
);

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the program prints its usage, and refuses an unknown or missing command', async () => {
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
