import type { Database } from './databases.ts';
import type { Senders } from './senders.ts';

/** The merchants whose callback was acknowledged, and is not there: what must never be. */
export async function missing(database: Database, { acknowledged }: Senders): Promise<string[]> {
  const kept = await database.keptMerchants();
  return [...acknowledged].filter((merchant) => !kept.has(merchant));
}
