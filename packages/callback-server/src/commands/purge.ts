import { purge, purgeCutoffs } from '../maintenance/purge.ts';
import { readSettings } from '../settings/read-settings.ts';
import { retentionOf, retentionSettings } from '../settings/serve-settings.ts';
import type { Command } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

export const purgeCommand: Command = {
  summary: 'masks and drops data that has exceeded its retention',
  details: `
Replaces exact bodies by masked copies after KEEP_BODIES_DAYS. Drops callbacks, with their receipts and deliveries, after
KEEP_CALLBACKS_DAYS, and audit entries after KEEP_AUDIT_DAYS. Callbacks with an open delivery are never touched. Run it
daily. If a server is running on the SQLite file, call POST /purge on its admin port instead.`,
  settings: [...storeSettings, ...retentionSettings],
  run: (call) => {
    const retention = retentionOf(readSettings(call.environment, retentionSettings));
    return withMaintenance(call, async (maintenance, actor) => {
      const cutoffs = purgeCutoffs(retention, new Date());
      const { bodies, callbacks, audit } = await purge(maintenance, { actor, ...cutoffs });
      process.stdout.write(
        `Masked: ${bodies} bodies. Dropped: ${callbacks} callbacks, ${audit} audit entries.\n`,
      );
      return 0;
    });
  },
};
