import { createLog } from '../log/create-log.ts';
import { createCallbackServer, exitCodeOfFatal } from '../server/create-callback-server.ts';
import { allSettings, serveOptions } from '../settings/serve-settings.ts';
import type { Command } from './command.ts';

export const serve: Command = {
  summary: 'receives callbacks, keeps them, and hands them on',
  details: `
Post to /callbacks/{token}/{event}, or to /callbacks/{token} to have the event read from the payload.
SIGTERM and SIGINT drain: not ready at once, receiving for DRAIN_SECONDS more, then ending what is in flight. A second
one ends it at once, which is safe at any moment: what was acknowledged is on disk.`,
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
      onEvent: log.write,
      // At once: nothing that comes after a failed flush is to be answered.
      onFatal: () => {
        try {
          log.closeSync();
        } finally {
          process.exit(exitCodeOfFatal);
        }
      },
    });
    log.write({ type: 'listening', ...(await server.start()) });
    log.write({ type: 'stopping', signal: await signal });
    nextSignal().then(() => endWith(1));
    await server.stop();
    log.write({ type: 'stopped' });
    // What has not ended within the grace is not waited for.
    return endWith(0);
  },
};

function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve).once('SIGINT', resolve);
  });
}
