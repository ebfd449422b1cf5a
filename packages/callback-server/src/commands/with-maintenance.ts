import { userInfo } from 'node:os';
import { fatalExitCode } from '../server/create-reporter.ts';
import { readSettings } from '../settings/read-settings.ts';
import { openStore } from '../store/open-store.ts';
import type { StoreMaintenance } from '../store/store-maintenance.ts';
import type { CommandCall } from './command.ts';

/** The settings that open a store. */
export const storeSettings = ['DATABASE_URL', 'MASTER_KEYS'] as const;

/** Opens the store of the environment, maintains it, and closes it. */
export async function withMaintenance<Result>(
  { environment }: CommandCall,
  maintain: (maintenance: StoreMaintenance, actor: string) => Promise<Result>,
): Promise<Result> {
  const { DATABASE_URL: url, MASTER_KEYS: masterKeys } = readSettings(environment, storeSettings);
  const store = await openStore(url, {
    ...(masterKeys && { masterKeys }),
    onFatal: () => process.exit(fatalExitCode),
  });
  try {
    return await maintain(store.maintenance, actor());
  } finally {
    await store.close();
  }
}

/** Who calls the command, for the audit. A container may have no name for its user. */
function actor(): string {
  try {
    return `${userInfo().username} at the command line`;
  } catch {
    return `user ${process.getuid?.()} at the command line`;
  }
}
