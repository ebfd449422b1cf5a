import { startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { CallbackStore } from '../../src/store/callback-store.ts';
import type { StoreOptions } from '../../src/store/engine/store-options.ts';
import { openStore } from '../../src/store/open-store.ts';
import { testClaims } from '../support/claim-suite.ts';
import { claim, claimOne } from '../support/claims.ts';
import { testConfirmations } from '../support/confirmation-suite.ts';
import { eventually } from '../support/eventually.ts';
import { testInbox } from '../support/inbox-suite.ts';
import { incoming, later, start } from '../support/incoming-callbacks.ts';
import { testMaintenance } from '../support/maintenance-suite.ts';
import { masterKeys } from '../support/master-keys.ts';
import { testMerchants } from '../support/merchant-suite.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';
import { type Open, testStore } from '../support/store-suite.ts';

async function plaintext(): Promise<Open> {
  const url = await createMigratedDatabase();
  // A store that abandoned a claim cannot say so: the lease must end first.
  return (options) => openStore(url, { onFatal: fail, leaseMs: 1, ...options });
}
testStore('PostgreSQL', plaintext);
testClaims('PostgreSQL', plaintext);
testMaintenance('PostgreSQL', plaintext);
testMerchants('PostgreSQL', plaintext);
testInbox('PostgreSQL', plaintext);

async function encrypted(): Promise<Open> {
  const url = await createMigratedDatabase();
  return (options) => openStore(url, { onFatal: fail, leaseMs: 1, masterKeys, ...options });
}
testStore('PostgreSQL, encrypted', encrypted);
testClaims('PostgreSQL, encrypted', encrypted);
testMaintenance('PostgreSQL, encrypted', encrypted);
testConfirmations('PostgreSQL, encrypted', encrypted);
testMerchants('PostgreSQL, encrypted', encrypted);
testInbox('PostgreSQL, encrypted', encrypted);

function fail(error: unknown): void {
  throw error;
}

async function replicas(
  count: number,
  options: Partial<StoreOptions> = {},
  databaseUrl: Promise<string> = createMigratedDatabase(),
): Promise<CallbackStore[]> {
  const url = await databaseUrl;
  const stores = await Promise.all(
    Array.from({ length: count }, () => openStore(url, { onFatal: fail, ...options })),
  );
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
  });
  return stores;
}

test('every probe writes its time', async () => {
  const url = await createMigratedDatabase();
  const store = await openStore(url, { onFatal: fail });
  await store.probe(start);
  await store.probe(later(1));
  await store.close();
  expect(await postgres.query(url, 'SELECT written_at FROM probe')).toEqual([{ written_at: later(1) }]);
});

test('replicas that start at the same time create the schema once', async () => {
  const stores = await replicas(4, {}, postgres.createDatabase());
  await expect(Promise.all(stores.map((store) => store.list({})))).resolves.toEqual([[], [], [], []]);
});

test('a callback that several replicas store is new for one of them', async () => {
  const stores = await replicas(3);
  const merchants = Array.from({ length: 40 }, (_, index) => `merchant-${index}`);
  const results = await Promise.all(
    stores.flatMap((store, replica) =>
      // Each replica has its own order. If the store did not order its locks, the replicas would deadlock.
      merchants
        .toSorted(() => (replica % 2 === 0 ? 1 : -1))
        .flatMap((merchant) => [
          store.keep(incoming(merchant), ['handler']),
          store.keep(incoming(merchant), ['handler']),
        ]),
    ),
  );
  expect(results.filter(({ isNew }) => isNew)).toHaveLength(merchants.length);
  const kept = (await stores[0]?.list({ limit: 1000 })) ?? [];
  expect(kept.map(({ seenCount, deliveries }) => [seenCount, deliveries.length])).toEqual(
    merchants.map(() => [6, 1]),
  );
});

test('replicas never attempt two callbacks of one merchant at a time', async () => {
  const stores = await replicas(4);
  for (let number = 0; number < 6; number++)
    for (const merchant of ['one', 'two', 'three'])
      await stores[0]?.keep(incoming(merchant, number), ['handler']);
  const times: string[] = [];
  const trying = new Set<string>();
  const work = async (store: CallbackStore) => {
    while (times.length < 18) {
      const [claimed] = await claim(store, 'handler', 1);
      if (!claimed) continue;
      const { id, actionTime } = JSON.parse(Buffer.from(claimed.body).toString()).merchantData;
      expect(trying.has(id)).toBe(false);
      trying.add(id);
      times.push(`${id} ${actionTime}`);
      await store.probe(start);
      trying.delete(id);
      await store.settle('handler', [{ claim: claimed, settlement: { state: 'taken' } }]);
    }
  };
  await Promise.all(stores.map(work));
  const ofOne = (merchant: string) => times.filter((each) => each.startsWith(`${merchant} `));
  for (const merchant of ['one', 'two', 'three'])
    expect(ofOne(merchant)).toEqual([0, 1, 2, 3, 4, 5].map((number) => `${merchant} ${number}`));
});

test('receiving does not wait with the attempts that read the history of a merchant', async () => {
  const url = await createMigratedDatabase();
  const store = await openStore(url, { onFatal: fail });
  const client = new Client({ connectionString: url });
  await client.connect();
  // Blocks the reading of histories, but not the storing of callbacks.
  await client.query('BEGIN');
  await client.query('LOCK TABLE attempts');
  const histories = Array.from({ length: 20 }, () => store.merchants.historyOf('one', 'handler'));
  await store.keep(incoming('one'), ['handler']);
  await client.query('ROLLBACK');
  for (const history of await Promise.all(histories)) expect(history.length).toBeLessThanOrEqual(1);
  await client.end();
  await store.close();
});

test('a claim can be reclaimed only after its lease has ended', async () => {
  const url = await createMigratedDatabase();
  const [patient, hasty] = await Promise.all([
    openStore(url, { onFatal: fail }),
    openStore(url, { onFatal: fail, leaseMs: 1 }),
  ]);
  onTestFinished(async () => {
    await Promise.all([patient.close(), hasty.close()]);
  });
  await patient.keep(incoming('one'), ['handler']);
  await patient.keep(incoming('two'), ['handler']);
  const held = await claimOne(patient);
  const lost = await claimOne(hasty);
  const [taken, ...others] = await eventually(async () => {
    const claims = await hasty.reclaimExpired('handler');
    expect(claims).not.toEqual([]);
    return claims;
  });
  expect([taken?.callbackId, others]).toEqual([lost.callbackId, []]);
  expect(held.callbackId).not.toBe(lost.callbackId);
  // The former holder can no longer settle the claim.
  await hasty.settle('handler', [{ claim: lost, settlement: { state: 'taken' } }]);
  expect((await hasty.get(lost.callbackId))?.deliveries[0]?.state).toBe('claimed');
});

test('each commit waits for its flush, also with synchronous_commit off by default', async () => {
  const url = await createMigratedDatabase();
  const store = await openStore(url, { onFatal: fail });
  await store.close();
  const name = new URL(url).pathname.slice(1);
  await postgres.query(url, `ALTER DATABASE ${name} SET synchronous_commit = off`);
  await postgres.query(
    url,
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF current_setting('synchronous_commit') <> 'on' THEN RAISE 'would not wait'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON callbacks FOR EACH ROW EXECUTE FUNCTION refuse()`,
  );
  await expect(postgres.query(url, 'INSERT INTO callbacks (sequence) VALUES (1)')).rejects.toThrow(
    'would not wait',
  );
  const again = await openStore(url, { onFatal: fail });
  await expect(again.keep(incoming('one'), [])).resolves.toMatchObject({ isNew: true });
  await again.close();
});

test('openStore refuses a PostgreSQL with full_page_writes off, and says what to set', async () => {
  const own = await startPostgres();
  onTestFinished(() => own.remove());
  const url = await own.createDatabase();
  await own.query(url, 'ALTER SYSTEM SET full_page_writes = off');
  await eventually(async () => {
    await own.query(url, 'SELECT pg_reload_conf()');
    expect(await own.query(url, 'SHOW full_page_writes')).toEqual([{ full_page_writes: 'off' }]);
  });
  await expect(openStore(url, { onFatal: fail })).rejects.toThrow('Set it to on');
});

test('openStore refuses a database with a newer schema', async () => {
  const url = await postgres.createDatabase();
  await postgres.query(url, 'CREATE TABLE schema_version AS SELECT 1000 AS version');
  await expect(openStore(url, { onFatal: fail })).rejects.toThrow('schema 1000');
});
