import type { FaultTable } from './fault-table.ts';
import { kills } from './kills.ts';
import { powerCuts, powerCutsWithoutSync } from './power-cuts.ts';

const one: FaultTable['engines'] = ['sqlite'];
const both: FaultTable['engines'] = ['sqlite', 'postgres'];

/** Every table, by its name, with its full length. */
export const faultTables: Readonly<Record<string, FaultTable>> = {
  kills: { about: 'SIGKILL under 16 senders', cycles: 10_000, engines: both, run: kills },
  'power-cuts': {
    about: 'power cuts: what was not synced is gone',
    cycles: 2000,
    engines: one,
    run: powerCuts,
  },
  'power-cuts-unsynced': {
    about: 'the same with synchronous=NORMAL, which must lose',
    cycles: 60,
    engines: one,
    run: powerCutsWithoutSync,
  },
};
