import { dirname } from 'node:path';
import type { Route } from '../dispatch/route.ts';
import { watchDisk } from '../health/watch-disk.ts';
import type { StoreOptions } from '../store/engine/store-options.ts';
import { openStore, sqlitePath } from '../store/open-store.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';

/** Opens the database, and watches the disk that it is on. PostgreSQL's disk is not watched. */
export async function openStorage(
  {
    databaseUrl = 'sqlite:./callbacks.db',
    masterKeys,
    diskReserveBytes = 256 * 1024 * 1024,
  }: CallbackServerOptions,
  routes: readonly Route[],
  onCommit: (rows: number, milliseconds: number) => void,
  { onNotice, onFatal }: Pick<Required<StoreOptions>, 'onNotice' | 'onFatal'>,
) {
  const store = await openStore(databaseUrl, {
    ...(masterKeys && { masterKeys }),
    orders: new Map(routes.map(({ name, order = 'strict' }) => [name, order])),
    leaseMs: Math.max(...routes.map(({ attemptTimeoutMs }) => attemptTimeoutMs)) + 30_000,
    onCommit,
    onNotice,
    onFatal,
  });
  const path = sqlitePath(databaseUrl);
  const disk = path ? watchDisk(dirname(path), diskReserveBytes, store.maintenance.reusableBytes) : undefined;
  return { store, disk };
}
