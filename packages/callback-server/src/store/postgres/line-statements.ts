import { confirmRoute } from '../../callback/confirmation.ts';

/**
 * The order in which lines are locked: those of the confirmation first, because the end of a confirmation extends lines of
 * other routes.
 */
export const lineOrder = `route <> '${confirmRoute}', route, order_key`;

/**
 * Locks the lines of open deliveries, in the same order as other statements. This is a statement of its own, so that the
 * next statement sees what has ended before. Another statement locks the lines of the confirmation first, because the end
 * of a confirmation opens deliveries.
 */
const lockLines = (routes: string) => `
  SELECT FROM lines
  WHERE (route, order_key) IN (
      SELECT route, order_key FROM deliveries WHERE callback_sequence = ANY ($sequences::bigint[]) AND state = 'open')
    AND ${routes}
  ORDER BY ${lineOrder}
  FOR UPDATE`;

export const lockConfirmLines = lockLines(`route = '${confirmRoute}'`);

export const lockOtherLines = lockLines(`route <> '${confirmRoute}'`);

export const lockRouteLines = lockLines('route = $route');

const wasTried = 'claimed = ANY (sequences)';

/**
 * Takes the deliveries of `given_up` out of their lines, which are locked. A running attempt finds its claim gone, and settles
 * nothing. A delivery that waited behind a tried delivery is due at once, and has all of its attempts.
 */
export const shortenLines = `
  shortened AS (
    SELECT route, order_key, count(*) AS count, array_agg(callback_sequence) AS sequences
    FROM given_up
    GROUP BY route, order_key
  ),
  dropped AS (
    DELETE FROM lines USING shortened
    WHERE lines.route = shortened.route AND lines.order_key = shortened.order_key AND open <= count
  ),
  remaining AS (
    UPDATE lines
    SET open = open - count,
      claim = CASE WHEN ${wasTried} THEN NULL ELSE claim END,
      claimed = CASE WHEN ${wasTried} THEN NULL ELSE claimed END,
      attempts = CASE WHEN ${wasTried} THEN 0 ELSE attempts END,
      next_at = CASE WHEN ${wasTried} THEN statement_timestamp() ELSE next_at END,
      deferred_at = CASE WHEN ${wasTried} THEN NULL ELSE deferred_at END
    FROM shortened
    WHERE lines.route = shortened.route AND lines.order_key = shortened.order_key AND open > count
  )`;

/**
 * If a condition holds, the line is due, and its next delivery has all attempts. A running attempt that fails does not
 * defer the line, because the attempt finds its count reset to 0.
 *
 * @param isDue - Whether the line is due even if the condition does not hold.
 */
export const restartLine = (condition: string, isDue = 'FALSE') => `
      attempts = CASE WHEN ${condition} THEN 0 ELSE known.attempts END,
      deferred_at = CASE WHEN ${condition} THEN NULL ELSE known.deferred_at END,
      next_at = CASE WHEN ${isDue} OR ${condition} THEN excluded.next_at ELSE known.next_at END`;
