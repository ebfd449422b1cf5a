import type { Command } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

export const erase: Command = {
  summary: 'erases a merchant: its callbacks become permanently unreadable',
  details: `
With MASTER_KEYS set, the merchant's data key is deleted first, so that its encrypted data is unreadable in old copies
of the database too. Open deliveries are given up. Run the command again if it was interrupted. If a server is running
on the SQLite file, call DELETE /merchants/{merchantId} on its admin port instead.`,
  parameters: ['<merchantId>'],
  settings: storeSettings,
  run: (call) =>
    withMaintenance(call, async (maintenance, actor) => {
      const callbacks = await maintenance.erase(call.positionals[0] ?? '', actor);
      process.stdout.write(`Erased: ${callbacks} callbacks.\n`);
      return 0;
    }),
};
