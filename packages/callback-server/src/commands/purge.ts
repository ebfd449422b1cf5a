import { purge as purgeStore } from '../operate/purge.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingName } from '../settings/settings.ts';
import type { Command } from './command.ts';
import { storeSettings, withUpkeep } from './with-upkeep.ts';

const retentionSettings = [
  'KEEP_BODIES_DAYS',
  'KEEP_CALLBACKS_DAYS',
  'KEEP_AUDIT_DAYS',
] as const satisfies SettingName[];

export const purge: Command = {
  summary: 'ends what has been kept for its time',
  details: `
Exact bodies give way to masked copies after KEEP_BODIES_DAYS; callbacks go, with all that belongs to them, after
KEEP_CALLBACKS_DAYS; the audit after KEEP_AUDIT_DAYS. What is still to be handed on is never touched. Run it each day.`,
  settings: [...storeSettings, ...retentionSettings],
  run: (call) => {
    const days = readSettings(call.environment, retentionSettings);
    return withUpkeep(call, async (upkeep, actor) => {
      const { bodies, callbacks, audit } = await purgeStore(upkeep, {
        actor,
        bodiesBefore: daysAgo(days.KEEP_BODIES_DAYS),
        callbacksBefore: daysAgo(days.KEEP_CALLBACKS_DAYS),
        auditBefore: daysAgo(days.KEEP_AUDIT_DAYS),
      });
      process.stdout.write(
        `Masked: ${bodies} bodies. Dropped: ${callbacks} callbacks, ${audit} audit entries.\n`,
      );
      return 0;
    });
  },
};

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * 24 * 3600 * 1000);
}
