import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { token } from '../support/callbacks.ts';
import { run } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { incoming, later } from '../support/store-suite.ts';

const count = 26;

/** Stores callbacks whose bodies need several pages, and do not shrink. */
async function fill(databaseUrl: string): Promise<void> {
  const store = await openStore(databaseUrl, { onFatal: fail });
  for (let number = 0; number < count; number++) {
    const padding = randomBytes(3000).toString('base64');
    const text = JSON.stringify({ ...JSON.parse(Buffer.from(incoming('one').body).toString()), padding });
    const [body, bodySha256] = [Buffer.from(text), await sha256(text)];
    const [dedupKey, receivedAt] = [String(number), later(number)];
    await store.keep({ ...incoming('one'), body, bodySha256, dedupKey, receivedAt }, ['handler']);
  }
  await store.close();
}

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}

/** Overwrites the middle of some bytes of a file, as a bad sector does. */
function overwrite(path: string, offset: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(512, 0xff), 0, 512, offset);
  closeSync(file);
}

const damages: Readonly<Record<string, () => Promise<string>>> = {
  'SQLite: a page of rows': () => damagedSqlite('leaf'),
  'SQLite: a page of a body': () => damagedSqlite('overflow'),
  'PostgreSQL: a page of rows': damagedPostgres,
};

async function damagedSqlite(pageType: 'leaf' | 'overflow'): Promise<string> {
  const path = temporaryDatabase();
  await fill(`sqlite:${path}`);
  const database = new DatabaseSync(path);
  const pages = database.prepare(
    `SELECT pageno, pgsize FROM dbstat WHERE name = 'callbacks' AND pagetype = $type ORDER BY path LIMIT 1 OFFSET 3`,
  );
  const { pageno, pgsize } = pages.get({ type: pageType }) ?? {};
  database.close();
  overwrite(path, (Number(pageno) - 1) * Number(pgsize));
  return `sqlite:${path}`;
}

async function damagedPostgres(): Promise<string> {
  const cluster = await startPostgres();
  onTestFinished(() => cluster.remove());
  const [url, other] = [await cluster.createDatabase(), await cluster.createDatabase()];
  await fill(url);
  const [row] = await cluster.query(url, `SELECT pg_relation_filepath('callbacks_0') AS path`);
  await cluster.query(url, 'CHECKPOINT');
  overwrite(join(cluster.folder, String(row?.['path'])), 0);
  // A copy of the files: PostgreSQL still has the sound page of the first database in memory.
  const name = new URL(url).pathname.slice(1);
  await cluster.query(other, `CREATE DATABASE damaged TEMPLATE ${name} STRATEGY FILE_COPY`);
  return url.replace(name, 'damaged');
}

test.each(Object.entries(damages))(
  '%s is damaged: every sound callback is listed, exported and delivered, and each damaged one is named',
  async (_, make) => {
    const databaseUrl = await make();
    const store = await openStore(databaseUrl, { access: 'read', onFatal: fail });
    const listed = await store.list({ limit: count });
    const isDamaged = ({ held }: (typeof listed)[number]) => held === 'unreadable';
    const exported: (typeof listed)[number][] = [];
    for await (const each of store.maintenance.callbacks()) exported.push(each);
    const damaged = exported.filter(isDamaged).map(({ id }) => id);
    expect([listed.length, exported.length]).toEqual([count, count]);
    expect(listed.map(({ id }) => id)).toEqual(exported.map(({ id }) => id).reverse());
    expect(damaged.length).toBeGreaterThan(0);
    expect(damaged.length).toBeLessThan(count);
    for (const id of damaged.slice(0, 2))
      expect(await store.get(id)).toMatchObject({ id, held: 'unreadable', masked: null, seenCount: 1 });
    const page = await store.list({ before: listed[0]?.id ?? '', limit: 3 });
    expect(page.map(({ id }) => id)).toEqual(listed.slice(1, 4).map(({ id }) => id));
    await store.close();
    expect(await deliverAll(databaseUrl)).toEqual({ taken: count - damaged.length, givenUp: damaged });

    const settings = { DATABASE_URL: databaseUrl, CALLBACK_TOKENS: token, DISK_RESERVE_BYTES: '0' };
    const commands = ['export', 'verify-store', 'doctor'].map((name) => run([name], settings));
    for (const { exit, output } of commands) {
      expect(await exit).toBe(1);
      // The doctor names five at most.
      for (const id of damaged.slice(0, 5)) expect(output()).toContain(id);
    }
    for (const { output } of commands.slice(0, 2)) for (const id of damaged) expect(output()).toContain(id);
    expect(commands[1]?.output()).toContain(`Read ${count} callbacks.`);
    expect(commands[2]?.output()).toMatch(/^failure +stored callbacks: \d+ of 26 are damaged/m);
  },
);

/** Takes every callback of the one merchant, in order. Resolves to how many, and to the ids of those given up. */
async function deliverAll(databaseUrl: string): Promise<{ taken: number; givenUp: string[] }> {
  const store = await openStore(databaseUrl, { onFatal: fail });
  const givenUp: string[] = [];
  for (let taken = 0; ; ) {
    const found = await store.claim('handler', { fresh: 2, retries: 0 });
    givenUp.push(...found.givenUp.map(({ claim }) => claim.callbackId));
    taken += found.claims.length;
    const settled = found.claims.map((claim) => ({ claim, settlement: { state: 'taken' } as const }));
    await store.settle('handler', settled);
    if (found.claims.length + found.givenUp.length > 0) continue;
    await store.close();
    return { taken, givenUp };
  }
}

function fail(error: unknown): void {
  throw error;
}
