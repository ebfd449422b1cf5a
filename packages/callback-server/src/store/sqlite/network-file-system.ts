import { statfsSync } from 'node:fs';

/** Linux type numbers of file systems whose locks and flushes depend on another machine or on a user-space program. */
const networkTypes = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x517b, 'SMB'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x01161970, 'GFS2'],
  [0x47504653, 'GPFS'],
  [0x65735546, 'FUSE'],
]);

/** The name of a network file system; `undefined` for a local file system. */
export function networkFileSystem(type: number): string | undefined {
  // Node returns some of these types as negative 32-bit numbers.
  return networkTypes.get(type >>> 0);
}

/**
 * Rejects a file on a network file system: its locks may not hold, and a flush may end in another machine's memory.
 *
 * @throws Error naming the file system.
 */
export function assertLocalFileSystem(path: string): void {
  if (process.platform !== 'linux') return;
  const name = networkFileSystem(statfsSync(path).type);
  if (name)
    throw new Error(
      `${path} is on a ${name} file system, which cannot guarantee that a commit is durable. Use a local disk or PostgreSQL.`,
    );
}
