import { userInfo } from 'node:os';
import { exitCodeOfFatal } from '../server/create-callback-server.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingName } from '../settings/settings.ts';
import { openStore } from '../store/open-store.ts';
import type { StoreMaintenance } from '../store/store-maintenance.ts';
import type { Call } from './command.ts';

/** The settings that say where the store is, and how to read it. */
export const storeSettings: readonly (SettingName & ('DATABASE_URL' | 'MASTER_KEYS'))[] = [
  'DATABASE_URL',
  'MASTER_KEYS',
];

/** Opens the store that the environment names, looks after it, and closes it. */
export async function withMaintenance<Result>(
  { environment }: Call,
  lookAfter: (maintenance: StoreMaintenance, actor: string) => Promise<Result>,
): Promise<Result> {
  const { DATABASE_URL: url, MASTER_KEYS: masterKeys } = readSettings(environment, storeSettings);
  const store = await openStore(url, {
    ...(masterKeys && { masterKeys }),
    onFatal: () => process.exit(exitCodeOfFatal),
  });
  try {
    return await lookAfter(store.maintenance, actor());
  } finally {
    await store.close();
  }
}

/** Who calls a command, for the audit. In a container there may be no name for it. */
function actor(): string {
  try {
    return `${userInfo().username} at the command line`;
  } catch {
    return `user ${process.getuid?.()} at the command line`;
  }
}
