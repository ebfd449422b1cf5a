import { Client } from 'pg';
import { expect, onTestFinished } from 'vitest';
import { eventually } from './eventually.ts';

/** Opens a session of the test's own. It ends with the test. */
export async function openSession(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** Resolves when `count` statements in the database wait for a lock. */
export async function waitForLocks(url: string, count: number): Promise<void> {
  const observer = await openSession(url);
  await eventually(async () => {
    const { rows } = await observer.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(rows).toHaveLength(count);
  });
}

/** Resolves when one statement in the database waits for a lock. */
export const oneWaitsForLock = (url: string): Promise<void> => waitForLocks(url, 1);
