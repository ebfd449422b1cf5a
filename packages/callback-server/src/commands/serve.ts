import { allSettings } from '../settings/settings.ts';
import type { Command } from './command.ts';

export const serve: Command = {
  summary: 'receives callbacks, stores them and delivers them',
  details: `
Callbacks are posted to /callbacks/{token}/{event}, or to /callbacks/{token} to read the event from the payload.
SIGTERM and SIGINT stop the server: it is not ready at once, receives for DRAIN_SECONDS more, and then ends what is in
flight. A second signal ends it at once, which is safe at any moment: acknowledged callbacks are on disk.`,
  settings: allSettings,
  // Other commands start without the modules of the server.
  run: async (call) => (await import('./run-server.ts')).runServer(call),
};
