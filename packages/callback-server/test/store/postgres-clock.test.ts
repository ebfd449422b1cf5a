import { type PostgresCluster, startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { token } from '../support/callbacks.ts';
import { run } from '../support/running-binary.ts';
import { incoming, start } from '../support/store-suite.ts';

let cluster: PostgresCluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster.remove());

const hour = 3_600_000;

/** Sets the clock of a database ahead, from the next connection on. */
async function setAhead(url: string, milliseconds: number): Promise<void> {
  await cluster.query(
    url,
    `CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
       AS $$ SELECT pg_catalog.clock_timestamp() + ${milliseconds} * interval '1 millisecond' $$;
     ALTER DATABASE ${new URL(url).pathname.slice(1)} SET search_path = public, pg_catalog`,
  );
}

async function open(url: string) {
  return openStore(url, {
    leaseMs: hour,
    onFatal: (error) => {
      throw error;
    },
  });
}

test('leases follow the clock of the database', async () => {
  const url = await cluster.createDatabase();
  const holder = await open(url);
  await holder.keep(incoming('one'), ['handler']);
  await holder.keep(incoming('two'), ['handler']);
  const claim = await holder.claim(start);
  const early = await open(url);
  expect(await early.reclaimExpired()).toEqual([]);
  await early.close();

  await setAhead(url, hour + 1000);
  const late = await open(url);
  expect(await late.reclaimExpired()).toMatchObject([{ callbackId: claim?.callbackId }]);
  // New leases follow that clock too.
  expect(await late.claim(start)).toMatchObject({ attempt: 1 });
  expect(await late.reclaimExpired()).toEqual([]);
  await Promise.all([holder.close(), late.close()]);
});

test("the doctor compares its clock with the database's, and says what to do", async () => {
  const url = await cluster.createDatabase();
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: url };
  const right = run(['doctor'], settings);
  expect(await right.exit).toBe(0);
  expect(right.output()).toMatch(/^ok +clock: .* agrees with the one at DATABASE_URL$/m);

  await setAhead(url, 2 * hour);
  const wrong = run(['doctor'], settings);
  expect(await wrong.exit).toBe(1);
  expect(wrong.output()).toMatch(
    /^failure +clock: this machine's clock is (?:719|720)\d s behind the one at DATABASE_URL\. Run .* this machine\. If/m,
  );
});
