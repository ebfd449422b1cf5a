import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportCallbacks } from '../maintenance/export-callbacks.ts';
import { type purge, purgeByRetention } from '../maintenance/purge.ts';
import { readSettings, SettingsError } from '../settings/read-settings.ts';
import { retentionOf, retentionSettings } from '../settings/serve-settings.ts';
import { openEngine } from '../store/open-store.ts';
import { type Command, print } from './command.ts';
import { createDamagedReport } from './damaged-report.ts';
import { expectMerchants } from './expect-merchants.ts';
import { giveUp } from './give-up.ts';
import { redeliver } from './redeliver.ts';
import { release } from './release.ts';
import { printNotice, storeSettings, withMaintenance } from './with-maintenance.ts';

/** The commands on a stored database, by their names, in the order of `--help`. */
export const storeCommands: Readonly<Record<string, Command>> = {
  'verify-store': {
    summary: 'reads everything stored and compares it with the hashes taken on receipt',
    details: `
Writes each problem as a line of JSON. Exits with 1 if there is any. Reads beside a running server.`,
    settings: storeSettings,
    run: (call) =>
      withMaintenance(call, 'read', async (maintenance) => {
        const { callbacks, problems } = await maintenance.verify((problem) => {
          process.stdout.write(`${JSON.stringify(problem)}\n`);
        });
        process.stderr.write(`Read ${callbacks} callbacks. Problems: ${problems}.\n`);
        return problems > 0 ? 1 : 0;
      }),
  },

  export: {
    summary: 'writes every callback to standard output, one line of JSON each',
    details: `
Oldest first. The export is recorded in the audit. Reads beside a running server. A callback that cannot be decrypted is
written with "held": "unreadable" and without its body; the command then exits with 1.`,
    options: {
      merchant: { type: 'string', help: 'only the callbacks of this merchant' },
      exact: {
        type: 'boolean',
        help: 'exact bodies in base64 instead of masked ones; they contain personal data',
      },
    },
    settings: storeSettings,
    run: (call) =>
      withMaintenance(call, 'read', async (maintenance, actor) => {
        const { merchant, exact } = call.options;
        let unreadable = 0;
        const lines = exportCallbacks(maintenance, {
          actor,
          bodies: exact ? 'exact' : 'masked',
          ...(typeof merchant === 'string' && { merchantId: merchant }),
          onUnreadable: () => {
            unreadable += 1;
          },
          onNone: () => {
            process.stderr.write('No callback of this merchant is stored. Check the id.\n');
          },
        });
        await pipeline(Readable.from(lines), process.stdout, { end: false });
        if (unreadable === 0) return 0;
        process.stderr.write(`Unreadable: ${unreadable} callbacks. Run \`verify-store\` to list them.\n`);
        return 1;
      }),
  },

  purge: {
    summary: 'masks and drops data that has exceeded its retention',
    details: `
Replaces exact bodies by masked copies after KEEP_BODIES_DAYS. Drops callbacks, with their receipts and deliveries, after
KEEP_CALLBACKS_DAYS, and audit entries after KEEP_AUDIT_DAYS. Callbacks with an open delivery are never touched. Run purge
daily. If a server is running on the SQLite file, call POST /purge on its admin port instead.
Refuses, and changes nothing, if nothing was stored for more than three days at a time since the last purge: the clock may
have jumped. A callback whose row is damaged is named and left as it is, and the command then exits with 1.`,
    options: {
      'clock-is-right': {
        type: 'boolean',
        help: 'purges although nothing was stored for more than three days',
      },
    },
    settings: [...storeSettings, ...retentionSettings],
    run: (call) => {
      const retention = retentionOf(readSettings(call.environment, retentionSettings));
      return withMaintenance(call, 'existing', async (maintenance, actor) => {
        const isClockRight = call.options['clock-is-right'] === true;
        const { onDamaged, exitCode } = createDamagedReport();
        const asked = { actor, retention, isClockRight, howToConfirm: 'give --clock-is-right', onDamaged };
        const { bodies, callbacks, audit } = await purgeByRetention(maintenance, asked, createProgress());
        print(`Masked: ${bodies} bodies. Dropped: ${callbacks} callbacks, ${audit} audit entries.\n`);
        return exitCode();
      });
    },
  },

  partition: {
    summary: 'begins a partition in PostgreSQL, so that a purge drops older ones at once',
    details: `
The callbacks that arrive from now on are stored in new tables. Run the command beside running servers, as the owner of the
tables, for example each month. A purge drops a partition at once when all its callbacks have exceeded KEEP_CALLBACKS_DAYS.
Until then, all its callbacks are kept. Does nothing if the newest partition is empty.`,
    settings: storeSettings,
    run: (call) =>
      withMaintenance(call, 'existing', async (maintenance, actor) => {
        const partitions = await maintenance.beginPartition(actor);
        return print(`Partitions: ${partitions}.\n`);
      }),
  },

  erase: {
    summary: 'erases a merchant: its callbacks become permanently unreadable',
    details: `
With MASTER_KEYS set, the merchant's data key is deleted first, so that its encrypted data is unreadable in old copies
of the database too. Open deliveries are given up. Run the command again if it was interrupted. If a server is running
on the SQLite file, call DELETE /merchants/{merchantId} on its admin port instead. A callback whose row is damaged is named and
left as it is, and the command then exits with 1.`,
    parameters: ['<merchantId>'],
    settings: storeSettings,
    run: (call) =>
      withMaintenance(call, 'existing', async (maintenance, actor) => {
        const { onDamaged, exitCode } = createDamagedReport();
        const callbacks = await maintenance.erase(call.positionals[0] ?? '', actor, onDamaged);
        const hint = callbacks === 0 ? ' No callback of this merchant is stored. Check the id.' : '';
        print(`Erased: ${callbacks} callbacks.${hint}\n`);
        return exitCode();
      }),
  },

  'expect-merchants': expectMerchants,

  redeliver,

  release,

  'give-up': giveUp,

  'rewrap-keys': {
    summary: 'wraps every data key with the first master key',
    details: `
Afterwards the other master keys can be discarded. From then on, a server without the new master key is not ready, and
refuses callbacks of new merchants. Give every server the new key before. Exits with 1 if a data key is damaged. A damaged
key stays wrapped by its old master key.`,
    settings: storeSettings,
    run: (call) => {
      if (!readSettings(call.environment, storeSettings).MASTER_KEYS)
        throw new SettingsError([
          'MASTER_KEYS: is required. Give the new master key first, then the old master key.',
        ]);
      return withMaintenance(call, 'existing', async (maintenance, actor) => {
        const { rewrapped, unreadable } = await maintenance.rewrapKeys(actor);
        print(`Rewrapped: ${rewrapped} keys.\n`);
        if (unreadable === 0) return 0;
        process.stderr.write(
          `Damaged: ${unreadable} keys. Restore them from a backup, or keep their old master key in MASTER_KEYS.\n`,
        );
        return 1;
      });
    },
  },

  migrate: {
    summary: 'migrates the database to the schema of this version; every start does so too',
    details: `
With PostgreSQL, run it as the owner of the tables if the server's own user may not create any. Waits up to 30 s for the
migration of another process.`,
    settings: ['DATABASE_URL'],
    run: async ({ environment }) => {
      const { DATABASE_URL } = readSettings(environment, ['DATABASE_URL']);
      const engine = await openEngine(DATABASE_URL, { onFatal: () => {}, onNotice: printNotice });
      await engine.close();
      return print('The database has the schema of this version.\n');
    },
  },
};

/** Rows after which a long purge reports its progress. */
const rowsPerLine = 10_000;

function createProgress(): NonNullable<Parameters<typeof purge>[2]> {
  let nextAt = rowsPerLine;
  return ({ bodies, callbacks, audit }) => {
    const rows = bodies + callbacks + audit;
    if (rows < nextAt) return;
    nextAt = rows - (rows % rowsPerLine) + rowsPerLine;
    process.stderr.write(
      `So far: ${bodies} bodies masked, ${callbacks} callbacks and ${audit} audit entries dropped.\n`,
    );
  };
}
