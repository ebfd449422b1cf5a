import type { PostgresCluster } from '@partner-ecosystem/testing/postgres-cluster';

export type Engine = 'sqlite' | 'postgres';

/** A new database that a server can be started with. */
export interface Database {
  /** The value of `DATABASE_URL`. */
  readonly url: string;
  /** Reads the merchants of the stored callbacks. No server may use a SQLite file meanwhile. */
  storedMerchants(): Promise<ReadonlySet<string>>;
  /** Reads the body of each receipt. */
  receivedBodies(): Promise<Uint8Array[]>;
  /** @throws Error if the database is damaged. */
  checkIntegrity(): Promise<void>;
  /** Lists every file that the database has written. */
  files(): string[];
  remove(): Promise<void>;
}

/** Selects the body of each receipt, in both engines. */
export const selectBodies = `SELECT body
  FROM receipts JOIN callbacks ON callbacks.sequence = callback_sequence`;

/** Creates databases of one engine. */
export interface Databases {
  create(): Promise<Database>;
  remove(): Promise<void>;
  /** The PostgreSQL server that holds the databases. */
  readonly cluster?: PostgresCluster;
}
