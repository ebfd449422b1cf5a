import { callbackIdPattern } from '../store/engine/callback-id.ts';
import { type Command, print } from './command.ts';
import { createDamagedReport } from './damaged-report.ts';
import { storeSettings, withMaintenance } from './with-maintenance.ts';

export const release: Command = {
  summary: 'delivers callbacks of the quarantine, although no pull agreed',
  details: `
A callback is in the quarantine if no pull agreed with it: it is forged or stale. Look at it first, with GET /callbacks/{id}
on the admin port. A server then delivers the callback, marked as released. If a server is running on the SQLite file, call
POST /release on its admin port instead. A callback whose row is damaged is named and left out, and the command then exits
with 1.`,
  options: {
    id: { type: 'string', help: 'the callback with this id' },
    merchant: { type: 'string', help: 'the callbacks of this merchant' },
    'dry-run': { type: 'boolean', help: 'only counts the callbacks' },
  },
  settings: storeSettings,
  run: (call) => {
    const { id, merchant, 'dry-run': dryRun = false } = call.options;
    if (typeof id === 'string' && !callbackIdPattern.test(id))
      throw new Error('--id must be the id of a callback.');
    if (merchant === '') throw new Error('--merchant must not be empty.');
    if (id === undefined && merchant === undefined)
      throw new Error('--id or --merchant is required: look at each callback before you release it.');
    const request = {
      ...(typeof id === 'string' && { id }),
      ...(typeof merchant === 'string' && { merchantId: merchant }),
      dryRun: dryRun === true,
    };
    return withMaintenance(call, 'existing', async (maintenance, actor) => {
      const { onDamaged, exitCode } = createDamagedReport();
      const count = await maintenance.release(request, actor, onDamaged);
      if (count > 0) print(`${dryRun ? 'Would release' : 'Released'}: ${count} callbacks.\n`);
      const code = exitCode();
      if (count === 0 && code === 0)
        throw new Error('No such callback is in the quarantine. Check --id and --merchant.');
      return code;
    });
  },
};
