import { confirmRoute } from '../../callback/confirmation.ts';
import { receivedAt } from './shared-statements.ts';

export const countQuarantined = `SELECT count(*) AS count FROM confirmations WHERE state = 'quarantined'`;

const lastBefore = (id: string) =>
  `coalesce((SELECT sequence FROM callbacks WHERE id < ${id} ORDER BY id DESC LIMIT 1), 0)`;

/** When callbacks were received and taken. An id begins with its time. */
export const latencies = `
  SELECT received_at, ended_at
  FROM (
    SELECT ended_at, outcome, ${receivedAt('attempts.callback_sequence')} AS received_at
    FROM attempts
    WHERE route <> '${confirmRoute}' AND callback_sequence > ${lastBefore('$firstId')}
      AND callback_sequence <= ${lastBefore('$endId')}
    ORDER BY callback_sequence DESC
    LIMIT 500) AS newest
  WHERE outcome = 'taken' AND received_at >= $since AND received_at < $until`;
