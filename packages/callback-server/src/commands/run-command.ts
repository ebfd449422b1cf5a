import { parseArgs } from 'node:util';
import { type CommandCall, print } from './command.ts';
import { commands, usage, usageOf } from './commands.ts';

type Environment = CommandCall['environment'];

/** Runs a command of the command line. Resolves to its exit code, which is 2 after an error. The error is printed. */
export async function runCommand(args: readonly string[], environment: Environment): Promise<number> {
  try {
    return await run(args, environment);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 2;
  }
}

/** @throws Error if the command is unknown, if its arguments are wrong, or if it fails. */
async function run([name = '', ...args]: readonly string[], environment: Environment): Promise<number> {
  if (name === '--help' || name === '-h') return print(usage());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Error(`${name ? `Unknown command "${name}".` : 'Give a command.'}\n\n${usage()}`);
  const { values, positionals, tokens } = parseArgs({
    args,
    tokens: true,
    allowPositionals: true,
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
  });
  if (values['help']) return print(usageOf(name, command));
  const options = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const repeated = options.find((option, index) => options.indexOf(option) < index);
  // Only the last value would count.
  if (repeated !== undefined) throw new Error(`--${repeated} is given more than once. Give it once.`);
  if (positionals.length !== (command.parameters ?? []).length)
    throw new Error(`Wrong number of arguments for ${name}.\n\n${usageOf(name, command)}`);
  return command.run({ positionals, options: values, environment });
}
