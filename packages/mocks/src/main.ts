import { factsOf, greeting } from './command/greeting.ts';
import { readServerOptions } from './command/server-options.ts';
import { usage } from './command/usage.ts';
import { startSandbox } from './node.ts';

const [command, ...args] = process.argv.slice(2);
let areOptionsRead = false;
// The reader of a pipe may close the pipe, as `head` does. Then nobody can read an error.
process.stdout.on('error', () => process.exit());
try {
  if (args.includes('--help') || ['help', '-h'].includes(`${command}`)) console.log(usage);
  else if (command === undefined || command.startsWith('-')) await serve();
  else if (command === 'sink') await sink();
  else await control(command);
} catch (error) {
  console.error(`partner-sandbox: ${error instanceof Error ? error.message : error}`);
  const isFailure = error instanceof Error && error.name === 'CommandFailure';
  if (!isFailure && !areOptionsRead) console.error('Use partner-sandbox --help.');
  process.exitCode = isFailure ? 1 : 2;
}

async function serve(): Promise<void> {
  const { kind, json, options } = readServerOptions(process.argv.slice(2), process.env);
  if (kind === 'help') return console.log(usage);
  if (kind === 'version') return console.log(version());
  areOptionsRead = true;
  const running = await startSandbox(options);
  closeAtEnd(running.close); // Before the text: a program that reads the text may send a signal at once.
  const facts = factsOf(running, options.partner && running.sandbox.partner);
  console.log(json ? JSON.stringify(facts) : greeting(facts));
}

/** Loads the code of the other commands only when they are used, because a start must be fast. */
async function sink(): Promise<void> {
  const { runSink } = await import('./command/sink.ts');
  const { url, close } = await runSink(args);
  closeAtEnd(close);
  console.log(JSON.stringify({ url }));
}

async function control(name: string): Promise<void> {
  const { controlCommandNames, runControlCommand } = await import('./command/control-commands.ts');
  if (!controlCommandNames.includes(name))
    throw new Error(`Unknown command ${JSON.stringify(name)}. Use: ${controlCommandNames.join(', ')}, sink.`);
  await runControlCommand(name, args, process.env);
}

function closeAtEnd(close: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, close);
}

function version(): string {
  const { readFileSync } = process.getBuiltinModule('node:fs'); // An import would make every start slower.
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
