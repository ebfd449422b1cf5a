import { confirmRoute } from '../../callback/confirmation.ts';

export const countQuarantined = `SELECT count(*) AS count FROM confirmations WHERE state = 'quarantined'`;

/** When callbacks were received and taken. An id begins with its time. */
export const latencies = `
  SELECT received_at, ended_at
  FROM (
    SELECT callback_sequence, ended_at, outcome
    FROM attempts
    WHERE route <> '${confirmRoute}' AND callback_sequence > coalesce((
      SELECT sequence FROM callbacks WHERE id < $firstId ORDER BY id DESC LIMIT 1), 0)
    ORDER BY callback_sequence DESC
    LIMIT 2000) AS newest
    JOIN callbacks ON sequence = callback_sequence
  WHERE outcome = 'taken' AND received_at >= $since`;
