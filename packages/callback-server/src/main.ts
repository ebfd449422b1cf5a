import { parseArgs } from 'node:util';
import { createCallbackServer } from './create-callback-server.ts';
import { describeSettings, parseSettings } from './settings.ts';

const usage = `Usage: callback-server serve

Receives the provider's callbacks, keeps every one it acknowledges, and hands them on.
Post to /callbacks/{token}/{event}, or to /callbacks/{token} to have the event read from the payload.

Settings, from the environment:
${describeSettings()}
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) process.stdout.write(usage);
  else if (positionals.join(' ') === 'serve') await serve();
  else fail(`callback-server has no command "${positionals.join(' ')}".\n\n${usage}`);
} catch (error) {
  fail(`${error instanceof Error ? error.message : error}\n`);
}

async function serve(): Promise<void> {
  const server = await createCallbackServer({ ...parseSettings(process.env), onEvent: log });
  const stop = (signal: string) => {
    // Safe at any moment: what was acknowledged is on disk.
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
    log({ type: 'stopping', signal });
    server.stop().then(
      () => log({ type: 'stopped' }),
      () => fail('The database could not be closed.\n'),
    );
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  log({ type: 'listening', ...(await server.start()) });
}

function log(entry: object): void {
  process.stdout.write(`${JSON.stringify({ time: new Date(), ...entry })}\n`);
}

function fail(message: string): void {
  process.stderr.write(message);
  process.exitCode = 2;
}
