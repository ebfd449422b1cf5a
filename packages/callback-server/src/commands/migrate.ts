import { migrate as migrateDatabase } from '../maintenance/migrate.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  summary: 'brings the database to the schema of this version, as every start does',
  settings: ['DATABASE_URL'],
  run: async ({ environment }) => {
    await migrateDatabase(readSettings(environment, ['DATABASE_URL']).DATABASE_URL);
    process.stdout.write('The database has the schema of this version.\n');
    return 0;
  },
};
