import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { token } from '../support/callbacks.ts';
import { claim, claimOne, failedAttempt } from '../support/claims.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { oneWaitsForLock, openSession } from '../support/locking-session.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { createMigratedDatabase, postgres } from '../support/shared-postgres.ts';

const hour = 3_600_000;

/** Sets the clock of a database ahead, from the next connection on. */
async function setAhead(url: string, milliseconds: number): Promise<void> {
  await postgres.query(
    url,
    `CREATE OR REPLACE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
       AS $$ SELECT pg_catalog.clock_timestamp() + ${milliseconds} * interval '1 millisecond' $$;
     CREATE OR REPLACE FUNCTION statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
       AS $$ SELECT pg_catalog.statement_timestamp() + ${milliseconds} * interval '1 millisecond' $$;
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
  const url = await createMigratedDatabase();
  const holder = await open(url);
  await holder.keep(incoming('one'), ['handler']);
  await holder.keep(incoming('two'), ['handler']);
  const held = await claimOne(holder);
  const early = await open(url);
  expect(await early.reclaimExpired('handler')).toEqual([]);
  await early.close();

  await setAhead(url, hour + 1000);
  const late = await open(url);
  expect(await late.reclaimExpired('handler')).toMatchObject([{ callbackId: held.callbackId }]);
  // New leases follow that clock too.
  expect((await claimOne(late)).attempt).toBe(1);
  expect(await late.reclaimExpired('handler')).toEqual([]);
  await Promise.all([holder.close(), late.close()]);
});

test('a server that waited while the lease was renewed does not take the lease', async () => {
  const url = await createMigratedDatabase();
  const [holder, other] = [await open(url), await open(url)];
  expect(await holder.merchants.leaseSweep('holder', hour)).toBe(true);
  const renewal = await openSession(url);
  await renewal.query('BEGIN; SELECT FROM sweeps FOR UPDATE');
  const isTaken = other.merchants.leaseSweep('other', hour);
  await oneWaitsForLock(url);
  await renewal.query('UPDATE sweeps SET renewed_at = statement_timestamp()');
  await renewal.query('COMMIT');
  expect(await isTaken).toBe(false);
  await Promise.all([holder.close(), other.close()]);
});

test('a claim made under a wrong clock is held for the length of its lease, once the clock is right', async () => {
  const url = await createMigratedDatabase();
  await (await open(url)).close();
  await setAhead(url, 24 * hour);
  const ahead = await open(url);
  await ahead.keep(incoming('one'), ['handler']);
  const { callbackId } = await claimOne(ahead);

  await setAhead(url, 0);
  const right = await open(url);
  await right.correctDueTimes('handler');
  expect(await right.reclaimExpired('handler')).toEqual([]);
  await setAhead(url, hour + 1000);
  const later = await open(url);
  await later.correctDueTimes('handler');
  expect(await later.reclaimExpired('handler')).toMatchObject([{ callbackId }]);
  await Promise.all([ahead, right, later].map((store) => store.close()));
});

test('a delivery that a wrong clock deferred is due again once the clock is right', async () => {
  const url = await createMigratedDatabase();
  await (await open(url)).close();
  await setAhead(url, 24 * hour);
  const ahead = await open(url);
  for (const id of ['one', 'two']) await ahead.keep(incoming(id), ['handler']);
  await ahead.settle('handler', [failedAttempt(await claimOne(ahead), 5000)]);
  await ahead.close();

  await setAhead(url, 0);
  const right = await open(url);
  expect(await claim(right)).toEqual([]);
  await right.correctDueTimes('handler');
  expect((await claim(right)).map(({ attempt }) => attempt).sort()).toEqual([1, 2]);
  // A delivery that waits by the right clock goes on waiting.
  await right.keep(incoming('three'), ['handler']);
  await right.settle('handler', [failedAttempt(await claimOne(right), hour)]);
  await right.correctDueTimes('handler');
  expect(await claim(right)).toEqual([]);
  await right.close();
});

/** A jump, and how many of two merchants are due by the wrong clock, and then by the right one. */
const jumps: readonly (readonly [string, number, number, number])[] = [
  ['an hour ahead', hour, 2, 0],
  ['an hour back', -hour, 1, 1],
  ['a day ahead', 24 * hour, 2, 0],
  ['a day back', -24 * hour, 1, 2],
  ['ten years ahead', 87_600 * hour, 2, 0],
  ['ten years back', -87_600 * hour, 1, 2],
];

test.each(jumps)(
  'when the clock jumps %s, each clock checks a merchant at most once, and no check waits for ever',
  async (_, jumpMs, dueByWrong, dueByRight) => {
    const url = await createMigratedDatabase();
    const inStep = { state: 'in-step', quietMs: 0, delayMs: 2 * hour } as const;
    /** Checks every merchant that is due by a clock that is ahead, and returns their number. */
    const sweep = async (aheadMs: number) => {
      await setAhead(url, aheadMs);
      const { merchants, close } = await open(url);
      expect(await merchants.leaseSweep(`holder ${aheadMs}`, 1)).toBe(true);
      await merchants.correctMerchants();
      let count = 0;
      for (;;) {
        const claimed = await merchants.claimMerchant(hour);
        if (!claimed) break;
        count += 1;
        await merchants.settleCheck(claimed, inStep, null);
      }
      await close();
      return count;
    };
    const right = await open(url);
    await right.merchants.expect([{ merchantId: 'due', realmId: 'realm' }], true, 0);
    await right.merchants.expect([{ merchantId: 'waiting', realmId: 'realm' }], true, hour / 2);
    await right.close();
    expect(await sweep(jumpMs)).toBe(dueByWrong);
    expect(await sweep(jumpMs)).toBe(0);
    expect(await sweep(0)).toBe(dueByRight);
    // A delay that the wrong clock has set lasts no longer than intended.
    expect(await sweep(2 * hour + 60_000)).toBe(2);
  },
);

test("the doctor compares its clock with the database's, and says what to do", async () => {
  const url = await createMigratedDatabase();
  const settings = { CALLBACK_TOKENS: token, DATABASE_URL: url };
  await runInProcess(['migrate'], settings).exit;
  const right = runInProcess(['doctor'], settings);
  expect(await right.exit).toBe(0);
  expect(right.output()).toMatch(/^ok +clock: .* agrees with the one at DATABASE_URL$/m);

  await setAhead(url, 2 * hour);
  const wrong = runInProcess(['doctor'], settings);
  expect(await wrong.exit).toBe(1);
  expect(wrong.output()).toMatch(
    /^failure +clock: this machine's clock is (?:719|720)\d s behind the one at DATABASE_URL\. Run .* this machine\. If/m,
  );
});
