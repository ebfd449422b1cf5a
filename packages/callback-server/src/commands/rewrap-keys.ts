import type { Command } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

export const rewrapKeys: Command = {
  summary: 'wraps every data key with the first master key',
  details: 'Afterwards the other master keys can be discarded.',
  settings: storeSettings,
  run: (call) =>
    withMaintenance(call, async (maintenance, actor) => {
      process.stdout.write(`Rewrapped: ${await maintenance.rewrapKeys(actor)} keys.\n`);
      return 0;
    }),
};
