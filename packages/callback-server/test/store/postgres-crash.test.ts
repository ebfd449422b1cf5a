import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '@partner-ecosystem/testing/postgres-cluster';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { eventually } from '../support/eventually.ts';
import { incoming } from '../support/incoming-callbacks.ts';

test('a PostgreSQL crash loses no stored callback, and storing resumes', async () => {
  // A cluster of its own: the more databases a cluster has, the longer it recovers.
  const cluster = await startPostgres();
  onTestFinished(() => cluster.remove());
  const store = await openStore(await cluster.createDatabase(), {
    onFatal: (error) => {
      throw error;
    },
  });
  onTestFinished(() => store.close());
  const kept = new Set<string>();
  let refused = 0;
  let isUp = true;
  const senders = Array.from({ length: 8 }, async (_, sender) => {
    for (let count = 0; isUp; count++) {
      const merchant = `${sender}-${count}`;
      try {
        await store.keep(incoming(merchant), []);
        kept.add(merchant);
      } catch {
        refused += 1;
        // A refused sender waits, and leaves PostgreSQL the time to start.
        await pause(100);
      }
    }
  });
  await eventually(() => expect(kept.size).toBeGreaterThan(100));
  await cluster.crash();
  await eventually(() => expect(refused).toBeGreaterThan(8));
  const before = kept.size;
  await cluster.start();
  await eventually(() => expect(kept.size).toBeGreaterThan(before + 8));
  isUp = false;
  await Promise.all(senders);
  const found = new Set((await store.list({ limit: 1_000_000 })).map(({ merchantId }) => merchantId));
  expect([...kept].filter((merchant) => !found.has(merchant))).toEqual([]);
});
