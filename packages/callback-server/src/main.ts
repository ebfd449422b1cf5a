import { parseArgs } from 'node:util';
import { print } from './commands/command.ts';
import { commands, usage, usageOf } from './commands/commands.ts';
import { fatalExitCode } from './server/create-reporter.ts';

const [name = '', ...args] = process.argv.slice(2);
// A command whose output is lost has failed, but it still ends in good order.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', () => {
    process.exitCode = fatalExitCode;
  });
try {
  const code = await run(name, args);
  process.exitCode ||= code;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

/** Resolves to the command's exit code. @throws Error if the command is unknown, or if its arguments are wrong. */
async function run(name: string, args: string[]): Promise<number> {
  if (name === '--help' || name === '-h') return print(usage());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`${name ? `Unknown command "${name}".` : 'Give a command.'}\n\n${usage()}`);
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
  });
  if (values['help']) return print(usageOf(name, command));
  if (positionals.length !== (command.parameters ?? []).length)
    throw new Error(`Wrong number of arguments for ${name}.\n\n${usageOf(name, command)}`);
  return command.run({ positionals, options: values, environment: process.env });
}
