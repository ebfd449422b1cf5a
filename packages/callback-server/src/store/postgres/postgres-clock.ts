import { Client } from 'pg';
import { dateIn } from '../engine/read-rows.ts';

/** The time of the database's own clock. Leases use this clock, whichever replica holds them. */
export async function postgresClock(url: string): Promise<Date> {
  const client = new Client({
    connectionString: url,
    application_name: 'callback-server doctor',
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query('SELECT clock_timestamp() AS now');
    return dateIn(rows[0] ?? {}, 'now');
  } finally {
    await client.end();
  }
}
