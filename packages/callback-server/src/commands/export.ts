import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportCallbacks as exportLines } from '../maintenance/export-callbacks.ts';
import type { Command } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

export const exportCallbacks: Command = {
  summary: 'writes all that is kept to standard output, a line of JSON for each callback',
  details: 'The oldest first. That it was asked for is kept in the audit.',
  options: {
    merchant: { type: 'string', help: 'only the callbacks of this merchant' },
    exact: {
      type: 'boolean',
      help: 'the exact bodies, in base64, and not masked ones. They hold people’s data',
    },
  },
  settings: storeSettings,
  run: (call) =>
    withMaintenance(call, async (maintenance, actor) => {
      const { merchant, exact } = call.options;
      const lines = exportLines(maintenance, {
        actor,
        bodies: exact ? 'exact' : 'masked',
        ...(typeof merchant === 'string' && { merchantId: merchant }),
      });
      await pipeline(Readable.from(lines), process.stdout, { end: false });
      return 0;
    }),
};
