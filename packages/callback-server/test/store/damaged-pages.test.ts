import { join } from 'node:path';
import { startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { token } from '../support/callbacks.ts';
import { count, damagedSqlite, fill, overwrite } from '../support/damaged-database.ts';
import { runInProcess } from '../support/run-in-process.ts';

const damages: Readonly<Record<string, () => Promise<string>>> = {
  'SQLite: a page of rows': () => damagedSqlite('leaf'),
  'SQLite: a page of a body': () => damagedSqlite('overflow'),
  'PostgreSQL: a page of rows': damagedPostgres,
};

async function damagedPostgres(): Promise<string> {
  const cluster = await startPostgres();
  onTestFinished(() => cluster.remove());
  const url = await cluster.createDatabase();
  await fill(url);
  const [row] = await cluster.query(url, `SELECT pg_relation_filepath('callbacks_0') AS path`);
  await cluster.query(url, 'CHECKPOINT');
  overwrite(join(cluster.folder, String(row?.['path'])), 0);
  // PostgreSQL still has the sound page in memory.
  await cluster.crash();
  await cluster.start();
  return url;
}

test.each(Object.entries(damages))(
  '%s is damaged: every sound callback is listed, exported and delivered, and each damaged callback is named',
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
    const commands = ['export', 'verify-store', 'doctor'].map((name) => runInProcess([name], settings));
    for (const { exit, output } of commands) {
      expect(await exit).toBe(1);
      // The doctor names five at most.
      for (const id of damaged.slice(0, 5)) expect(output()).toContain(id);
    }
    for (const { output } of commands.slice(0, 2)) for (const id of damaged) expect(output()).toContain(id);
    expect(commands[1]?.output()).toContain(`Read ${count} callbacks.`);
    // The doctor reads for ten seconds at most, and may not reach all callbacks.
    expect(commands[2]?.output()).toMatch(/^failure +stored callbacks: \d+ of \d+ are damaged/m);
  },
);

test.each(Object.entries(damages))(
  '%s is damaged: redeliver, purge and erase change what they can, and name what they leave',
  async (what, make) => {
    const databaseUrl = await make();
    const reading = await openStore(databaseUrl, { access: 'read', onFatal: fail });
    const listed = await reading.list({ limit: count });
    await reading.close();
    const damaged = listed.filter(({ held }) => held === 'unreadable').map(({ id }) => id);
    await deliverAll(databaseUrl);
    const settings = {
      DATABASE_URL: databaseUrl,
      CALLBACK_TOKENS: token,
      FORWARD_URL: 'http://127.0.0.1:4099',
      KEEP_CALLBACKS_DAYS: '1',
    };
    const change = async (counted: RegExp, ...args: string[]) => {
      const command = runInProcess(args, settings);
      const code = await command.exit;
      const left = [...command.output().matchAll(/^Left as it is, because of damage: (\w+)$/gm)].map(
        ([, id = '']) => id,
      );
      expect([code, command.output()]).toEqual([
        left.length > 0 ? 1 : 0,
        expect.not.stringContaining('Asha'),
      ]);
      return { changed: Number(counted.exec(command.output())?.[1]), left };
    };
    const all = expect.arrayContaining(damaged);

    // A redelivery to this route reads no body.
    const named = what.includes('body') ? [] : damaged;
    for (const args of [['--dry-run'], []]) {
      const { changed, left } = await change(
        /0 dead, (\d+) missing/,
        'redeliver',
        '--route',
        'forward',
        ...args,
      );
      expect([changed + left.length, left.toSorted()]).toEqual([count, named.toSorted()]);
    }
    await deliverAll(databaseUrl, 'forward');
    // SQLite cannot drop some neighbours of a damaged row either.
    const purged = await change(/Dropped: (\d+)/, 'purge', '--clock-is-right');
    expect([purged.changed + purged.left.length, purged.left]).toEqual([count, all]);
    expect(purged.changed).toBeGreaterThan(0);
    const erased = await change(/Erased: (\d+)/, 'erase', 'one');
    expect([erased.changed + erased.left.length, erased.left]).toEqual([purged.left.length, all]);
  },
);

/** Takes every callback of the one merchant, in order. Resolves to their number, and to the ids that were given up. */
async function deliverAll(
  databaseUrl: string,
  route = 'handler',
): Promise<{ taken: number; givenUp: string[] }> {
  const store = await openStore(databaseUrl, { onFatal: fail });
  const givenUp: string[] = [];
  for (let taken = 0; ; ) {
    const found = await store.claim(route, { fresh: 2, retries: 0 });
    givenUp.push(...found.givenUp.map(({ claim }) => claim.callbackId));
    taken += found.claims.length;
    const settled = found.claims.map((claim) => ({ claim, settlement: { state: 'taken' } as const }));
    await store.settle(route, settled);
    if (found.claims.length + found.givenUp.length > 0) continue;
    await store.close();
    return { taken, givenUp };
  }
}

function fail(error: unknown): void {
  throw error;
}
