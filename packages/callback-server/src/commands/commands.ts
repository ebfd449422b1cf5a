import type { Command } from './command.ts';
import { doctor } from './doctor.ts';
import { serve } from './serve.ts';
import { storeCommands } from './store-commands.ts';

/** Every command by its name, in the order of `--help`. */
export const commands: Readonly<Record<string, Command>> = { serve, doctor, ...storeCommands };
