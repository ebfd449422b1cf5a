import { hash } from 'node:crypto';
import { createPlaintext } from '../../src/store/encryption/plaintext.ts';

/** Callbacks that wait for a route, all of them due. */
export interface Backlog {
  readonly waiting: number;
  /** @default 'handler' */
  readonly route?: string;
  /** How many of them belong to the merchant `busy`. Each of the others has a merchant of its own. */
  readonly ofBusy?: number;
  /** The body of every callback. */
  readonly body?: string;
}

const encryption = createPlaintext({ encryptedUnder: async () => undefined });

/** The digest that a stored body is compared with, in hexadecimal. */
function digestOf(body: string): string {
  return Buffer.from(encryption.digest(hash('sha256', body))).toString('hex');
}

/** The SQL that differs between the engines. `n` is the number of a callback, from 1. */
export const fillDialects = {
  sqlite: {
    numbers: (count: number, first = 1) =>
      `(WITH RECURSIVE numbers (n) AS (SELECT ${first} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
      SELECT n FROM numbers)`,
    bytes: (text: string) => `CAST(${text} AS BLOB)`,
    digest: (body: string) => `x'${digestOf(body)}'`,
    hex: `printf('%012x', n)`,
    receivedAt: (count: number) => `${Date.now() - 60_000 - count} + n`,
    end: '',
  },
  postgres: {
    numbers: (count: number, first = 1) => `generate_series(${first}, ${count}) AS n`,
    bytes: (text: string) => `convert_to(${text}, 'UTF8')`,
    digest: (body: string) => `'\\x${digestOf(body)}'::bytea`,
    hex: `lpad(to_hex(n), 12, '0')`,
    receivedAt: (count: number) => `now() - interval '1 minute' + (n - ${count}) * interval '1 millisecond'`,
    end: `SELECT setval('callback_sequence', (SELECT max(sequence) FROM callbacks));`,
  },
} as const;

/** Returns statements that fill an empty database. A million callbacks take less than a minute. */
export function fillStatements(
  engine: keyof typeof fillDialects,
  { waiting, route = 'handler', ofBusy = 0, body = '{}' }: Backlog,
): string {
  const { numbers, bytes, hex, receivedAt, end } = fillDialects[engine];
  return `
    INSERT INTO callbacks (
      sequence, id, dedup_hash, event, merchant, verdict, received_at, body_bytes, body_hash, details, body)
    SELECT n, ${hex} || '-waiting', ${bytes(hex)}, 'accept',
      CASE WHEN n <= ${ofBusy} THEN 'busy' ELSE 'merchant ' || n END, 'valid', ${receivedAt(waiting)},
      ${Buffer.byteLength(body)}, ${fillDialects[engine].digest(body)}, ${bytes(`'{"violations":[]}'`)},
      ${bytes(`'${body.replaceAll("'", "''")}'`)}
    FROM ${numbers(waiting)};

    INSERT INTO receipts (id, callback_sequence, received_at, body_hash, body_bytes)
    SELECT id, sequence, received_at, body_hash, body_bytes FROM callbacks;

    INSERT INTO deliveries (callback_sequence, route, order_key, state)
    SELECT sequence, '${route}', merchant, 'open' FROM callbacks;

    INSERT INTO lines (route, order_key, open, head, next_at)
    SELECT '${route}', merchant, count(*), min(sequence), min(received_at) FROM callbacks GROUP BY merchant;

    ${end}`;
}
