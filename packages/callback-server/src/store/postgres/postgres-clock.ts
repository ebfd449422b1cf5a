import { Client } from 'pg';
import { date } from './postgres-query.ts';

/** What the database's own clock says. Leases are by it, whichever replica holds them. */
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
    return date(rows[0]?.now);
  } finally {
    await client.end();
  }
}
