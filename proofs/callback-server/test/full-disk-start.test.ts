import { expect, test } from 'vitest';
import { sqliteDatabase } from '../databases/sqlite-databases.ts';
import { startSenders } from '../load/senders.ts';
import { canMount, mountSmallDisk } from '../machine/small-disk.ts';
import { startServer } from '../server/server-process.ts';
import { slow } from './run-slice.ts';

test.runIf(process.platform === 'linux' && canMount()).each(['SIGTERM', 'SIGKILL'] as const)(
  'after a %s, a start on a full disk shows what is stored, and receives once there is space',
  slow,
  async (signal) => {
    const disk = mountSmallDisk(64);
    const database = sqliteDatabase(disk.folder);
    const senders = startSenders(4);
    try {
      const first = await startServer(database.url);
      await senders.sendTo(first.url, 20);
      await first.signal(signal);
      disk.fill();

      const server = await startServer(database.url);
      const statusOf = async (path: string) => (await fetch(path)).status;
      void senders.sendTo(server.url);
      await senders.next(503);
      expect(await statusOf(`${server.url}/health/ready`)).toBe(503);
      expect(await statusOf(`${server.adminUrl}/metrics`)).toBe(200);
      const listed = await fetch(`${server.adminUrl}/callbacks?limit=1000`);
      expect(await listed.json()).toHaveProperty('19');

      disk.free();
      await senders.next(200);
      await senders.stop();
      expect(await server.signal('SIGTERM')).toBe(0);
      expect(await senders.missingFrom(database)).toEqual([]);
      await database.checkIntegrity();
    } finally {
      await senders.stop();
      disk.remove();
    }
  },
);
