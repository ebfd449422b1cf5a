import { shortenLines } from './line-statements.ts';

/** Locks the callbacks of the oldest open deliveries of a route. A redelivery of such a callback ends before, or waits. */
export const deliveriesToGiveUp = lockCallbacksIn(`ARRAY(
    SELECT callback_sequence FROM deliveries WHERE route = $route AND state = 'open'
    ORDER BY callback_sequence LIMIT $limit)`);

export const lockCallbacks = lockCallbacksIn('$sequences::bigint[]');

function lockCallbacksIn(sequences: string) {
  return `
  SELECT sequence FROM callbacks WHERE sequence = ANY (${sequences}) ORDER BY sequence FOR NO KEY UPDATE`;
}

/** Gives deliveries up, and counts them. The transaction has locked their lines before. */
export const giveUpRoute = `
  WITH given_up AS (
    UPDATE deliveries SET state = 'dead'
    WHERE route = $route AND state = 'open' AND callback_sequence = ANY ($sequences::bigint[])
    RETURNING route, order_key, callback_sequence
  ),
  ${shortenLines}
  SELECT count(*) FROM given_up`;
