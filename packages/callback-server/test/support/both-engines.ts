import { temporaryDatabase } from './running-server.ts';
import { createMigratedDatabase } from './shared-postgres.ts';

/** Both engines by name, each with a function that creates a database without callbacks. */
export const bothEngines = [
  ['SQLite', async () => `sqlite:${temporaryDatabase()}`],
  ['PostgreSQL', createMigratedDatabase],
] as const;
