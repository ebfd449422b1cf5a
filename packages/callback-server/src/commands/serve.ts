import { readFileSync } from 'node:fs';
import { createLog } from '../log/create-log.ts';
import { packageFile } from '../package/package-file.ts';
import type { CallbackServerOptions } from '../server/callback-server-options.ts';
import { createCallbackServer } from '../server/create-callback-server.ts';
import { confirmOf } from '../server/create-confirmation.ts';
import { fatalExitCode } from '../server/create-reporter.ts';
import { serveOptions } from '../settings/serve-settings.ts';
import { allSettings } from '../settings/settings.ts';
import { shownSettings } from '../settings/shown-settings.ts';
import { sqlitePath } from '../store/open-store.ts';
import type { Command } from './command.ts';
import { startError } from './start-error.ts';

export const serve: Command = {
  summary: 'receives callbacks, stores them and delivers them',
  details: `
Callbacks are posted to /callbacks/{token}/{event}, or to /callbacks/{token}: the payload then names the event.
SIGTERM and SIGINT stop the server. Its readiness probe fails at once. The server receives callbacks for DRAIN_SECONDS more,
and then ends the requests and attempts in flight. A second signal ends the server at once, which is safe at any moment:
acknowledged callbacks are on disk.`,
  settings: allSettings,
  run: async ({ environment }) => {
    const options = serveOptions(environment);
    const log = createLog();
    const endWith = async (code: number): Promise<never> => {
      await log.close();
      return process.exit(code);
    };
    const signal = nextSignal();
    const server = await createCallbackServer({
      ...options,
      settings: shownSettings(environment),
      onEvent: log.write,
      droppedLogLines: log.dropped,
      // At once: after a failed flush nothing more may be acknowledged.
      onFatal: () => {
        try {
          log.closeSync();
        } finally {
          process.exit(fatalExitCode);
        }
      },
    }).catch((error: unknown) => {
      throw startError(error);
    });
    const urls = await server.start();
    log.write({ type: 'listening', version: ownVersion(), ...describeOptions(options), ...urls });
    log.write({ type: 'stopping', signal: await signal });
    nextSignal().then(() => endWith(1));
    await server.stop();
    log.write({ type: 'stopped' });
    // Exits even if something has not ended within SHUTDOWN_GRACE_SECONDS.
    return endWith(0);
  },
};

/** What an operator wants to see at the start. Contains no secret. */
function describeOptions(options: CallbackServerOptions) {
  const {
    databaseUrl = '',
    callbackHeader,
    basicCredentials,
    allowedAddresses,
    forwardUrl,
    routes = [],
  } = options;
  return {
    confirm: confirmOf(options),
    store: sqlitePath(databaseUrl) === undefined ? 'postgres' : 'sqlite',
    factors: [
      'token',
      ...(callbackHeader ? ['header'] : []),
      ...(basicCredentials ? ['basic'] : []),
      ...(allowedAddresses ? ['address'] : []),
    ],
    routes: [...(forwardUrl ? ['forward'] : []), ...routes.map(({ name }) => name)],
  } as const;
}

function ownVersion(): string {
  const text = readFileSync(packageFile('package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve).once('SIGINT', resolve);
  });
}
