import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sqliteDatabase } from '../databases/sqlite-databases.ts';
import { startSenders } from '../load/senders.ts';
import { canMount, mountSmallDisk } from '../machine/small-disk.ts';
import { startServer } from '../server/server-process.ts';
import { slow } from './run-slice.ts';

const mounts = process.platform === 'linux' && canMount();

test.runIf(mounts).each(['SIGTERM', 'SIGKILL'] as const)(
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

test.runIf(mounts)(
  'a purge frees a disk that is almost full, and names a disk that is too full for the purge',
  () => {
    const disk = mountSmallDisk(64);
    try {
      const { url } = sqliteDatabase(disk.folder);
      expect(command('migrate', url).status).toBe(0);
      const database = new DatabaseSync(url.replace('sqlite:', ''));
      database.exec(`
      PRAGMA synchronous = OFF;
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2500)
      INSERT INTO callbacks (id, dedup_hash, event, verdict, received_at, body_bytes, body_hash, body)
      SELECT printf('%012x%020x', n, n), randomblob(16), 'accept', 'valid', n, 8000, randomblob(16), zeroblob(8000)
      FROM numbers`);
      database.close();

      disk.fill();
      const full = command('purge', url, '--clock-is-right');
      expect([full.status, full.stderr]).toEqual([2, expect.stringContaining('DATABASE_URL names is full')]);
      disk.free();
      disk.fill(6 * 2 ** 20);
      const purge = command('purge', url, '--clock-is-right');
      expect([purge.status, purge.stdout]).toEqual([0, expect.stringContaining('Dropped: 2500 callbacks')]);
      const { bavail, bsize } = statfsSync(disk.folder);
      expect(bavail * bsize).toBeGreaterThan(20 * 2 ** 20);
    } finally {
      disk.remove();
    }
  },
);

test.runIf(mounts)('a first start on a full disk leaves nothing that stops the next start', () => {
  const disk = mountSmallDisk(16);
  try {
    const { url } = sqliteDatabase(disk.folder);
    disk.fill();
    expect(command('migrate', url).status).not.toBe(0);
    disk.free();
    expect(command('migrate', url)).toMatchObject({ status: 0, stderr: '' });
  } finally {
    disk.remove();
  }
});

const binary = fileURLToPath(
  new URL('../../../packages/callback-server/bin/callback-server.js', import.meta.url),
);

function command(name: string, databaseUrl: string, ...options: string[]) {
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl };
  return spawnSync(process.execPath, [binary, name, ...options], { env, encoding: 'utf8' });
}
