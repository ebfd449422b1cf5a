import { purgeCutoffs, purge as purgeStore } from '../maintenance/purge.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingName } from '../settings/settings.ts';
import type { Command } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

const retentionSettings = [
  'KEEP_BODIES_DAYS',
  'KEEP_CALLBACKS_DAYS',
  'KEEP_AUDIT_DAYS',
] as const satisfies SettingName[];

export const purge: Command = {
  summary: 'ends what has been kept for its time',
  details: `
Exact bodies give way to masked copies after KEEP_BODIES_DAYS; callbacks go, with all that belongs to them, after
KEEP_CALLBACKS_DAYS; the audit after KEEP_AUDIT_DAYS. What is still to be handed on is never touched. Run it each
day; where a server has a SQLite file, ask that one: POST /purge on its admin port.`,
  settings: [...storeSettings, ...retentionSettings],
  run: (call) => {
    const days = readSettings(call.environment, retentionSettings);
    const retention = {
      bodyDays: days.KEEP_BODIES_DAYS,
      callbackDays: days.KEEP_CALLBACKS_DAYS,
      auditDays: days.KEEP_AUDIT_DAYS,
    };
    return withMaintenance(call, async (maintenance, actor) => {
      const end = purgeCutoffs(retention, new Date());
      const { bodies, callbacks, audit } = await purgeStore(maintenance, { actor, ...end });
      process.stdout.write(
        `Masked: ${bodies} bodies. Dropped: ${callbacks} callbacks, ${audit} audit entries.\n`,
      );
      return 0;
    });
  },
};
