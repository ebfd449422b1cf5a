import { dateIn } from '../engine/read-rows.ts';
import { clientOptions, PostgresClient } from './postgres-client.ts';

/** The time of the database's own clock. Leases use this clock, whichever replica holds them. */
export async function postgresClock(url: string): Promise<Date> {
  const client = new PostgresClient(clientOptions(url, 'callback-server doctor'));
  await client.connect();
  try {
    const { rows } = await client.query('SELECT clock_timestamp() AS now');
    return dateIn(rows[0] ?? {}, 'now');
  } finally {
    await client.end();
  }
}
