import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { erase } from './erase.ts';
import { exportCommand } from './export.ts';
import { migrate } from './migrate.ts';
import { purgeCommand } from './purge.ts';
import { rewrapKeys } from './rewrap-keys.ts';
import { serve } from './serve.ts';
import { verifyStore } from './verify-store.ts';

/** Every command by its name, in the order of `--help`. */
export const commands: Readonly<Record<string, Command>> = {
  serve,
  doctor,
  'verify-store': verifyStore,
  export: exportCommand,
  purge: purgeCommand,
  erase,
  'rewrap-keys': rewrapKeys,
  migrate,
};
