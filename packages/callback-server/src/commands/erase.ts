import { eraseMerchant } from '../maintenance/erase-merchant.ts';
import type { Command } from './command.ts';
import { storeSettings, withUpkeep } from './with-maintenance.ts';

export const erase: Command = {
  summary: 'makes all that is kept of a merchant unreadable, for ever',
  details: `
Where MASTER_KEYS are set, the merchant's key goes first, and with it whatever it has sealed, in old copies too. What has
not been handed on is given up. Safe to run again where it was cut off. Where a server has a SQLite file, ask that
one: DELETE /merchants/{merchantId} on its admin port.`,
  takes: ['<merchantId>'],
  settings: storeSettings,
  run: (call) =>
    withUpkeep(call, async (upkeep, actor) => {
      const callbacks = await eraseMerchant(upkeep, call.positionals[0] ?? '', actor);
      process.stdout.write(`Erased: ${callbacks} callbacks.\n`);
      return 0;
    }),
};
