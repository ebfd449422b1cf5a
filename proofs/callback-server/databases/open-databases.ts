import type { Databases, Engine } from './database.ts';
import { openPostgresDatabases } from './postgres-databases.ts';
import { sqliteDatabases } from './sqlite-databases.ts';

export async function openDatabases(engine: Engine): Promise<Databases> {
  return engine === 'sqlite' ? sqliteDatabases : openPostgresDatabases();
}
