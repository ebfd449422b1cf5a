import { parseArgs } from 'node:util';
import { commands } from './commands/commands.ts';
import { usage, usageOf } from './commands/usage.ts';

const [name = '', ...args] = process.argv.slice(2);
try {
  process.exitCode = await run(name, args);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

/** Resolves to the exit code: 0, or what the command says. @throws Error for what it is not called with. */
async function run(name: string, args: string[]): Promise<number> {
  if (name === '--help' || name === '-h') return print(usage(commands));
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`callback-server has no command "${name}".\n\n${usage(commands)}`);
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
  });
  if (values['help']) return print(usageOf(name, command));
  if (positionals.length !== (command.parameters ?? []).length)
    throw new Error(`callback-server ${name} was not called as it must be.\n\n${usageOf(name, command)}`);
  return command.run({ positionals, options: values, environment: process.env });
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
