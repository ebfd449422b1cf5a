import { describeSettings } from '../settings/read-settings.ts';
import { allSettings } from '../settings/settings.ts';
import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { hashPasswordOfInput } from './hash-password.ts';
import { serve } from './serve.ts';
import { storeCommands } from './store-commands.ts';

/** Every command by its name, in the order of `--help`. */
export const commands: Readonly<Record<string, Command>> = {
  serve,
  doctor,
  ...storeCommands,
  'hash-password': hashPasswordOfInput,
};

/** The text of `callback-server --help`. */
export function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, command]) => `  ${synopsis(name, command).padEnd(24)}${command.summary}`,
  );
  return `Usage: callback-server <command> [--help]

Receives the provider's callbacks, stores every callback that it acknowledges, and delivers them.

${lines.join('\n')}

Settings from the environment. A secret can also be given in a file: set <name>_FILE to its path.
${describeSettings(allSettings)}
`;
}

/** The text of `callback-server <command> --help`. */
export function usageOf(name: string, command: Command): string {
  const { summary, details, options = {}, settings } = command;
  const optionLines = Object.entries(options).map(([option, { help }]) => `  --${option.padEnd(22)}${help}`);
  return `Usage: callback-server ${synopsis(name, command)}

${summary}${details ? `\n${details}` : ''}
${section('Options', optionLines.join('\n'))}${section('Settings from the environment', describeSettings(settings))}`;
}

function section(title: string, lines: string): string {
  return lines === '' ? '' : `\n${title}:\n${lines}\n`;
}

function synopsis(name: string, { parameters = [] }: Command): string {
  return [name, ...parameters].join(' ');
}
