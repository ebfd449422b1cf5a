import { openPostgres } from './postgres-databases.ts';
import { sqliteDatabases } from './sqlite-databases.ts';

export type Engine = 'sqlite' | 'postgres';

/** A database of its own, for the server to be started over. */
export interface Database {
  /** What the server takes as `DATABASE_URL`. */
  readonly url: string;
  /** The merchants whose callbacks are kept. No server may run over a SQLite file meanwhile. */
  keptMerchants(): Promise<ReadonlySet<string>>;
  /** How many receipts there are of each body, by its SHA-256 in hex. */
  receipts(): Promise<ReadonlyMap<string, number>>;
  /** @throws Error where the database is damaged. */
  checkIntegrity(): Promise<void>;
  /** Everything that the database has written. */
  files(): string[];
  remove(): Promise<void>;
}

/** Makes new databases of one engine. */
export interface Databases {
  create(): Promise<Database>;
  stop(): Promise<void>;
}

export async function openDatabases(engine: Engine): Promise<Databases> {
  return engine === 'sqlite' ? sqliteDatabases() : openPostgres();
}
