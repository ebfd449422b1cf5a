import { rewrapKeys as rewrap } from '../maintenance/rewrap-keys.ts';
import type { Command } from './command.ts';
import { storeSettings, withUpkeep } from './with-maintenance.ts';

export const rewrapKeys: Command = {
  summary: 'wraps every data key by the first of the master keys',
  details: 'The others can be thrown away after that.',
  settings: storeSettings,
  run: (call) =>
    withUpkeep(call, async (upkeep, actor) => {
      process.stdout.write(`Rewrapped: ${await rewrap(upkeep, actor)} keys.\n`);
      return 0;
    }),
};
