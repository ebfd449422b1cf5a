import { openEngine } from '../store/open-store.ts';

/**
 * Brings a database to the schema of this version, as every start does, and leaves it.
 *
 * @throws Error for a database of a newer version, or one that cannot be reached or trusted.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const engine = await openEngine(databaseUrl, { onFatal: () => {} });
  await engine.close();
}
