import { userInfo } from 'node:os';
import { fatalExitCode } from '../server/create-reporter.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { StoreAccess, StoreNotice } from '../store/engine/store-options.ts';
import type { MerchantStore } from '../store/merchants.ts';
import { openStore } from '../store/open-store.ts';
import { whatRestores } from '../store/sqlite/assert-callback-database.ts';
import { damagedCode, fullCode, primaryCodeOf } from '../store/sqlite/sqlite-error.ts';
import type { StoreMaintenance } from '../store/store-maintenance.ts';
import type { CommandCall } from './command.ts';

/** The settings of every command on a stored database. */
export const storeSettings = ['DATABASE_URL', 'MASTER_KEYS'] as const;

/** Opens the database for a command, and closes it afterwards. Resolves to the exit code. */
export async function withMaintenance(
  { environment }: CommandCall,
  access: StoreAccess,
  maintain: (maintenance: StoreMaintenance, actor: string, merchants: MerchantStore) => Promise<number>,
): Promise<number> {
  const { DATABASE_URL: url, MASTER_KEYS: masterKeys } = readSettings(environment, storeSettings);
  const store = await openStore(url, {
    access,
    ...(masterKeys && { masterKeys }),
    onFatal: (error) => {
      process.stderr.write(`${error instanceof Error ? error.message : 'The database failed.'}\n`);
      process.exit(fatalExitCode);
    },
    onNotice: printNotice,
  });
  try {
    return await maintain(store.maintenance, actor(), store.merchants);
  } catch (error) {
    throw commandError(error);
  } finally {
    await store.close();
  }
}

/** An error of the database that says what to do. */
function commandError(error: unknown): unknown {
  const message = {
    [fullCode]:
      'The disk of the database that DATABASE_URL names is full. Free some megabytes, and run the command again.',
    [damagedCode]: `The database that DATABASE_URL names is damaged. ${whatRestores}`,
  }[primaryCodeOf(error)];
  return message === undefined ? error : new Error(message, { cause: error });
}

/** Writes to standard error what the store notices when it opens. */
export function printNotice(notice: StoreNotice): void {
  process.stderr.write(`${noticeText(notice)}\n`);
}

function noticeText(notice: StoreNotice): string {
  if (notice.code === 'WAITS_FOR_MIGRATION')
    return `Another process migrates the database. Waiting for it, up to ${notice.milliseconds / 1000} s.`;
  if (notice.code === 'MASTER_KEYS_DIFFER')
    return `Other master keys wrap data keys too: ${notice.masterKeys.join(', ')}. Run rewrap-keys when all servers have the first master key of MASTER_KEYS.`;
  return `Deliveries wait for routes that this server does not have: ${notice.routes.join(', ')}. Add the routes, or run give-up.`;
}

/** Who calls the command, for the audit. A container may have no name for its user. */
function actor(): string {
  try {
    return `${userInfo().username} at the command line`;
  } catch {
    return `user ${process.getuid?.()} at the command line`;
  }
}
