import { text } from 'node:stream/consumers';
import { readTextFile } from '../files/read-text-file.ts';
import { parseMerchants } from '../reconcile/parse-merchants.ts';
import { defaultReconcileMs } from '../server/create-reconciliation.ts';
import { readSettings } from '../settings/read-settings.ts';
import { type Command, print } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

const reconcileSettings = ['RECONCILE_MINUTES'] as const;

export const expectMerchants: Command = {
  summary: 'imports merchants whose callbacks are expected',
  details: `
The file is CSV whose first line is merchantId,realmId, or has a JSON object with these properties in each line. The name -
means standard input. A server pulls each merchant when RECONCILE_MINUTES have passed, and delivers a decision whose callback
was lost. If a server is running on the SQLite file, post the file to /merchants on its admin port instead.`,
  parameters: ['<file>'],
  settings: [...storeSettings, ...reconcileSettings],
  run: async (call) => {
    const [file = ''] = call.positionals;
    const merchants = parseMerchants(file === '-' ? await text(process.stdin) : readList(file));
    const { RECONCILE_MINUTES: minutes } = readSettings(call.environment, reconcileSettings);
    return withMaintenance(call, 'existing', async (maintenance, actor, { expect }) => {
      await expect(merchants, true, minutes * 60_000 || defaultReconcileMs);
      const details = { merchants: merchants.length };
      await maintenance.audit({ at: new Date(), actor, action: 'expect', details });
      return print(`Expects callbacks of ${merchants.length} merchants.\n`);
    });
  },
};

function readList(file: string): string {
  try {
    return readTextFile(file);
  } catch {
    throw new Error('<file> must be a file that this process can read, or - for standard input.');
  }
}
