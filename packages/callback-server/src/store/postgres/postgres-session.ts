import type { ClientBase, Pool, QueryConfig } from 'pg';
import type { Row } from '../engine/read-rows.ts';

export type Values = Readonly<Record<string, unknown>>;

export type PostgresSession = ReturnType<typeof createSession>;

/** Runs statements. On a pool, each statement has its own transaction. On a client, all run in the client's transaction. */
export function createSession(pool: Pool | ClientBase) {
  const query = (text: string, values: Values = {}) => pool.query<Row>(positional(text, values));
  return {
    query,
    /** Runs a statement that is planned once per connection. */
    named: (name: string, text: string, values: Values) =>
      pool.query<Row>({ name, ...positional(text, values) }),
    /** Resolves to the number of rows that the statement changed or returned. */
    run: async (text: string, values: Values) => (await query(text, values)).rowCount ?? 0,
    one: async (text: string, values?: Values): Promise<Row | undefined> =>
      (await query(text, values)).rows[0],
    all: async (text: string, values: Values) => (await query(text, values)).rows,
  };
}

const translated = new Map<string, { text: string; names: string[] }>();

/** PostgreSQL numbers the parameters of a statement; the statements name them. */
export function positional(text: string, values: Values): QueryConfig {
  const statement = translated.get(text) ?? translate(text);
  translated.set(text, statement);
  return { text: statement.text, values: statement.names.map((name) => values[name]) };
}

function translate(text: string): { text: string; names: string[] } {
  const names: string[] = [];
  const numbered = text.replaceAll(/\$([a-z]\w*)/gi, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text: numbered, names };
}
