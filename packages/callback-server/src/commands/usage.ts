import { describeSettings } from '../settings/read-settings.ts';
import { allSettings } from '../settings/serve-settings.ts';
import type { Command } from './command.ts';

/** What `callback-server --help` says. */
export function usage(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(
    ([name, command]) => `  ${synopsis(name, command).padEnd(24)}${command.summary}`,
  );
  return `Usage: callback-server <command> [--help]

Receives the provider's callbacks, keeps every one it acknowledges, and hands them on.

${lines.join('\n')}

Settings, from the environment; a secret one also from the file that its name with _FILE gives:
${describeSettings(allSettings)}
`;
}

/** What `callback-server <command> --help` says. */
export function usageOf(name: string, command: Command): string {
  const { summary, details, options = {}, settings } = command;
  const optionLines = Object.entries(options).map(([option, { help }]) => `  --${option.padEnd(22)}${help}`);
  return `Usage: callback-server ${synopsis(name, command)}

${summary}${details ? `\n${details}` : ''}
${optionLines.length > 0 ? `\nOptions:\n${optionLines.join('\n')}\n` : ''}
Settings, from the environment:
${describeSettings(settings)}
`;
}

function synopsis(name: string, { parameters = [] }: Command): string {
  return [name, ...parameters].join(' ');
}
