import { runCommand } from './commands/run-command.ts';
import { fatalExitCode } from './server/create-reporter.ts';

// A command whose output is lost has failed, but it still ends in good order.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', () => {
    process.exitCode = fatalExitCode;
  });
const code = await runCommand(process.argv.slice(2), process.env);
process.exitCode ||= code;
