import { expect, test } from 'vitest';
import { findSilence } from '../../src/maintenance/find-silence.ts';
import { purgeByRetention } from '../../src/maintenance/purge.ts';
import { openStore } from '../../src/store/open-store.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { serve } from '../support/running-binary.ts';
import { temporaryDatabase } from '../support/running-server.ts';
import { createMigratedDatabase } from '../support/shared-postgres.ts';

const day = 24 * 3600 * 1000;
const now = Date.now();
const ago = (days: number) => new Date(now - days * day);

/** Stores callbacks that arrived some days ago. */
async function store(databaseUrl: string, days: readonly number[]): Promise<void> {
  const opened = await openStore(databaseUrl, { onFatal: fail });
  for (const [index, each] of days.entries())
    await opened.keep({ ...incoming('one', index), dedupKey: String(index), receivedAt: ago(each) }, []);
  await opened.close();
}

async function createUrl(engine: string): Promise<string> {
  if (engine === 'SQLite') return `sqlite:${temporaryDatabase()}`;
  return createMigratedDatabase();
}

// The clock jumped by 400 days, and callbacks arrived before and after.
const aroundJump = [403, 401, 400, 0.5, 0];

test.each(['SQLite', 'PostgreSQL'])(
  '%s: after a jump of the clock, a purge deletes nothing until the operator confirms the clock',
  async (engine) => {
    const databaseUrl = await createUrl(engine);
    await store(databaseUrl, aroundJump);
    const { maintenance, close } = await openStore(databaseUrl, { onFatal: fail });
    const purge = (isClockRight: boolean) =>
      purgeByRetention(maintenance, {
        actor: 'a test',
        retention: {},
        isClockRight,
        howToConfirm: 'confirm',
      });
    await expect(purge(false)).rejects.toThrow(`after ${ago(400).toISOString().slice(0, 10)}`);
    expect(await purge(true)).toMatchObject({ callbacks: 3 });
    expect(await purge(false)).toMatchObject({ callbacks: 0 });
    await close();
  },
);

test('the command purge refuses after a jump of the clock, and says how to confirm the clock', async () => {
  const DATABASE_URL = `sqlite:${temporaryDatabase()}`;
  await store(DATABASE_URL, aroundJump);
  const refused = runInProcess(['purge'], { DATABASE_URL });
  expect(await refused.exit).toBe(2);
  expect(refused.output()).toContain('Nothing was purged. The clock says ');
  expect(refused.output()).toContain('give --clock-is-right');
});

test('the admin API refuses a purge after a jump of the clock, and takes a confirmation', async () => {
  const path = temporaryDatabase();
  await store(`sqlite:${path}`, [400]);
  const { adminUrl } = await serve(path, { ADMIN_TOKENS: 'not-a-real-admin-token' });
  const headers = { authorization: 'Bearer not-a-real-admin-token' };
  const post = (query: string) => fetch(`${adminUrl}/purge${query}`, { method: 'POST', headers });
  const refused = await post('');
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({ error: expect.stringContaining('/purge?clockIsRight=true') });
  expect(await (await post('?clockIsRight=true')).json()).toMatchObject({ callbacks: 1 });
});

test.each([
  ['there is no silence if nothing is stored', undefined, [], undefined],
  ['there is no silence if callbacks arrive every other day', undefined, [9, 7, 5, 3, 1], undefined],
  ['there is no silence if purges run daily, and no callback arrives', 1, [400], undefined],
  ['there is no silence if the last purge is less than three days old', 2.9, [400], undefined],
  ['there is a silence if no purge ran and no callback arrived for four days', 4, [400], 4],
  ['there is a silence if the newest callback is four days old', undefined, [6, 4], 4],
  ['there is a silence if five days lie between two callbacks', undefined, [20, 15, 1], 20],
  ['there is no silence if the clock was ahead at the last purge', -30, [400], undefined],
])('%s', async (_, purged, callbacks, silent) => {
  const idOf = (time: Date) => time.getTime().toString(16).padStart(12, '0');
  const ids = callbacks.map((days) => idOf(ago(days))).sort();
  const times = {
    lastPurgeAt: async () => (purged === undefined ? undefined : ago(purged)),
    oldestId: async () => ids[0],
    newestIdBefore: async (time: Date) => ids.findLast((id) => id < idOf(time)),
  };
  expect(await findSilence(times, new Date(now))).toEqual(silent === undefined ? undefined : ago(silent));
});

function fail(error: unknown): void {
  throw error;
}
