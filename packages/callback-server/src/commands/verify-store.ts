import type { Command } from './command.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

export const verifyStore: Command = {
  summary: 'reads everything stored and compares it with the hashes taken on receipt',
  details: 'Writes each problem as a line of JSON. Exits with 1 if there is any.',
  settings: storeSettings,
  run: (call) =>
    withMaintenance(call, async (maintenance) => {
      const { callbacks, receipts, problems } = await maintenance.verify((problem) => {
        process.stdout.write(`${JSON.stringify(problem)}\n`);
      });
      process.stderr.write(
        `Read ${callbacks} callbacks and ${receipts} differing repeats. Problems: ${problems}.\n`,
      );
      return problems > 0 ? 1 : 0;
    }),
};
