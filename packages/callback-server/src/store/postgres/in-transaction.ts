import type { ClientBase, Pool } from 'pg';

/** Runs statements in one transaction, which an error rolls back. */
export async function inTransaction<Result>(
  pool: Pool,
  run: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await run(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // Ends the connection, and with it the transaction.
    client.release(true);
    throw error;
  }
}
