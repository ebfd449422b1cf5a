import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from '../../../../packages/callback-server/src/commands/command.ts';
import { commands } from '../../../../packages/callback-server/src/commands/commands.ts';
import { code, codeBlock } from '../markdown/code.ts';
import { table } from '../markdown/table.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Every command of the callback server, from its own table. */
export function commandSections(): string {
  return Object.entries(commands).map(describeCommand).join('\n\n');
}

function describeCommand([name, { summary, details = '', parameters = [], options = {}, settings }]: [
  string,
  Command,
]) {
  const optionRows = Object.entries(options).map(([option, { help }]) => [code(`--${option}`), help]);
  const isLong = settings.length > 10;
  const links = settings.map((setting) => `[${code(setting)}](/settings/#${setting.toLowerCase()})`);
  return [
    `### ${name}`,
    codeBlock('sh', ['callback-server', name, ...parameters].join(' ')),
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.${details.trim() === '' ? '' : ` ${details.trim()}`}`,
    ...(optionRows.length > 0 ? [table(['option', 'meaning'], optionRows)] : []),
    ...(settings.length > 0 ? [`Settings: ${isLong ? '[all](/settings/)' : links.join(', ')}.`] : []),
  ].join('\n\n');
}

/** What `partner-sandbox --help` prints. */
export async function sandboxUsage(): Promise<string> {
  const main = require.resolve('@partner-ecosystem/mocks/node');
  const { stdout } = await run(process.execPath, [
    join(dirname(main), '../bin/partner-sandbox.js'),
    '--help',
  ]);
  return codeBlock('text', stdout);
}
