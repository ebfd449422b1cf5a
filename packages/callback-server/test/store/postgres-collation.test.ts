import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { claimOne } from '../support/claims.ts';
import { incoming } from '../support/incoming-callbacks.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { postgres } from '../support/shared-postgres.ts';

/** Creates a database whose order of texts ignores punctuation, as on older systems. */
async function createDatabase(): Promise<string> {
  const url = new URL(await postgres.createDatabase());
  const name = url.pathname.slice(1);
  url.pathname = `/${name}_ignoring`;
  await postgres.query(
    url.href.replace(/[^/]*$/, name),
    `CREATE DATABASE ${name}_ignoring TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'en-US-u-ka-shifted'`,
  );
  return url.href;
}

test('a purge that keeps callbacks since before 1970 drops none, however the database orders texts', async () => {
  const DATABASE_URL = await createDatabase();
  const store = await openStore(DATABASE_URL, { onFatal: () => {} });
  await store.keep({ ...incoming('one', 1), receivedAt: new Date() }, ['handler']);
  await store.settle('handler', [{ claim: await claimOne(store), settlement: { state: 'taken' } }]);
  const purge = runInProcess(['purge'], { DATABASE_URL, KEEP_CALLBACKS_DAYS: '36500' });
  expect([await purge.exit, purge.output()]).toEqual([
    0,
    'Masked: 0 bodies. Dropped: 0 callbacks, 0 audit entries.\n',
  ]);
  expect(await store.list({})).toHaveLength(1);
  await store.close();
});
