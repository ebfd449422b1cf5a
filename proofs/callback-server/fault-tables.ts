import { badInputs } from './bad-inputs.ts';
import { canaries } from './canaries.ts';
import { diskFull } from './disk-full.ts';
import type { FaultTable } from './fault-table.ts';
import { kills } from './kills.ts';
import { postgresStops } from './postgres-stops.ts';
import { powerCuts, powerCutsSealed, powerCutsWithoutSync } from './power-cuts.ts';
import { slowSenders } from './slow-senders.ts';
import { syncErrors } from './sync-errors.ts';
import { syncOrder, syncOrderWithoutSync } from './sync-order.ts';
import { tokenTiming } from './token-timing.ts';

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
  'power-cuts-sealed': {
    about: 'the same of a sealed database',
    cycles: 500,
    engines: one,
    run: powerCutsSealed,
  },
  'power-cuts-unsynced': {
    about: 'the same with synchronous=NORMAL, which must lose',
    cycles: 60,
    engines: one,
    run: powerCutsWithoutSync,
  },
  'sync-order': {
    about: 'requests, traced: each 200 after its sync',
    cycles: 10_000,
    engines: one,
    run: syncOrder,
  },
  'sync-order-unsynced': {
    about: 'the same with synchronous=NORMAL, which must be found out',
    cycles: 200,
    engines: one,
    run: syncOrderWithoutSync,
  },
  'sync-errors': { about: 'a sync fails, at call 1, 2, 3 …', cycles: 200, engines: one, run: syncErrors },
  'disk-full': { about: 'the disk fills under load, and is freed', cycles: 200, engines: one, run: diskFull },
  'postgres-stops': {
    about: 'PostgreSQL stops immediately, under 16 senders',
    cycles: 100,
    engines: ['postgres'],
    run: postgresStops,
  },
  'bad-inputs': {
    about: 'what broken and hostile senders send',
    cycles: 1_000_000,
    engines: both,
    run: badInputs,
  },
  'slow-senders': {
    about: 'connections that send a byte now and then',
    cycles: 500,
    engines: one,
    run: slowSenders,
  },
  canaries: {
    about: "numbers that look like a person's, by every way",
    cycles: 10_000,
    engines: both,
    run: canaries,
  },
  'token-timing': {
    about: 'what the time of a check tells',
    cycles: 1_000_000,
    engines: one,
    run: tokenTiming,
  },
};
