import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportCallbacks } from '../maintenance/export-callbacks.ts';
import type { Command } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

export const exportCommand: Command = {
  summary: 'writes every callback to standard output, one line of JSON each',
  details: 'Oldest first. The export is recorded in the audit.',
  options: {
    merchant: { type: 'string', help: 'only the callbacks of this merchant' },
    exact: {
      type: 'boolean',
      help: 'exact bodies in base64 instead of masked ones; they contain personal data',
    },
  },
  settings: storeSettings,
  run: (call) =>
    withMaintenance(call, async (maintenance, actor) => {
      const { merchant, exact } = call.options;
      const lines = exportCallbacks(maintenance, {
        actor,
        bodies: exact ? 'exact' : 'masked',
        ...(typeof merchant === 'string' && { merchantId: merchant }),
      });
      await pipeline(Readable.from(lines), process.stdout, { end: false });
      return 0;
    }),
};
