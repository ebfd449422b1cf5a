import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { claimOne } from '../support/claims.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { openSession, waitForLocks } from '../support/locking-session.ts';
import { createMigratedDatabase } from '../support/shared-postgres.ts';

const onFatal = (error: unknown) => {
  throw error;
};

test.each(['erase', 'giveUp'] as const)(
  'PostgreSQL: %s beside the end of an attempt leaves no empty line',
  async (change) => {
    const url = await createMigratedDatabase();
    const store = await openStore(url, { onFatal });
    onTestFinished(() => store.close());
    for (const actionTime of [1, 2]) await store.keep(incoming('one', actionTime), ['handler']);
    const claim = await claimOne(store);

    const session = await openSession(url);
    await session.query('BEGIN; SELECT FROM lines FOR UPDATE');
    const settling = store.settle('handler', [{ claim, settlement: { state: 'taken' } }]);
    await waitForLocks(url, 1);
    const { erase, giveUp } = store.maintenance;
    const changing = change === 'erase' ? erase('one', 'a test') : giveUp({ route: 'handler' }, 'a test');
    await waitForLocks(url, 2);
    await session.query('COMMIT');
    await Promise.all([settling, changing]);

    expect(await store.countOpen('handler')).toBe(0);
    expect((await session.query('SELECT FROM lines')).rowCount).toBe(0);
    await store.keep(incoming('two'), ['handler']);
    expect(await claimOne(store)).toMatchObject({ orderKey: 'two' });
  },
);
