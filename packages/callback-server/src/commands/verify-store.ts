import { verifyStore as verify } from '../maintenance/verify-store.ts';
import type { Command } from './command.ts';
import { storeSettings, withUpkeep } from './with-maintenance.ts';

export const verifyStore: Command = {
  summary: 'reads all that is kept, and holds it against what was noted when it came in',
  details: 'Says each thing that is wrong in a line of JSON, and exits with 1 where there is any.',
  settings: storeSettings,
  run: (call) =>
    withUpkeep(call, async (upkeep) => {
      const { callbacks, receipts, problems } = await verify(upkeep, (problem) => {
        process.stdout.write(`${JSON.stringify(problem)}\n`);
      });
      process.stderr.write(
        `${callbacks} callbacks and ${receipts} repeats that differ were read; wrong: ${problems}.\n`,
      );
      return problems > 0 ? 1 : 0;
    }),
};
