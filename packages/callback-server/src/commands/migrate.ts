import { readSettings } from '../settings/read-settings.ts';
import { openEngine } from '../store/open-store.ts';
import type { Command } from './command.ts';

export const migrate: Command = {
  summary: 'migrates the database to the schema of this version; every start does so too',
  settings: ['DATABASE_URL'],
  run: async ({ environment }) => {
    const { DATABASE_URL } = readSettings(environment, ['DATABASE_URL']);
    const engine = await openEngine(DATABASE_URL, { onFatal: () => {} });
    await engine.close();
    process.stdout.write('The database has the schema of this version.\n');
    return 0;
  },
};
