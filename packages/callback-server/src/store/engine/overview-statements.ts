import { confirmRoute } from '../../callback/confirmation.ts';
import { receivedAt } from './shared-statements.ts';

export const countQuarantined = `SELECT count(*) AS count FROM confirmations WHERE state = 'quarantined'`;

/** When callbacks were received and taken. An id begins with its time. */
export const latencies = `
  SELECT received_at, ended_at
  FROM (
    SELECT ended_at, outcome, ${receivedAt('attempts.callback_sequence')} AS received_at
    FROM attempts
    WHERE route <> '${confirmRoute}' AND callback_sequence > coalesce((
      SELECT sequence FROM callbacks WHERE id < $firstId ORDER BY id DESC LIMIT 1), 0)
    ORDER BY callback_sequence DESC
    LIMIT 2000) AS newest
  WHERE outcome = 'taken' AND received_at >= $since`;
