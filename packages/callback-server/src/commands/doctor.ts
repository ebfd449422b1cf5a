import { dirname } from 'node:path';
import { checkClock } from '../doctor/check-clock.ts';
import { checkDatabase } from '../doctor/check-database.ts';
import { checkDisk } from '../doctor/check-disk.ts';
import { checkFlush } from '../doctor/check-flush.ts';
import { checkPublicUrl } from '../doctor/check-public-url.ts';
import type { Finding } from '../doctor/finding.ts';
import { readSettings } from '../settings/read-settings.ts';
import { allSettings } from '../settings/serve-settings.ts';
import type { SettingValues } from '../settings/settings.ts';
import { sqlitePath } from '../store/open-store.ts';
import type { Command } from './command.ts';

export const doctor: Command = {
  summary: 'says whether this machine can be trusted with callbacks',
  details: `
Looks at the database, the disk and how it flushes, PUBLIC_URL where it is given, and the clock, which it compares with
those of the database's machine and of PUBLIC_URL. A SQLite file that a running server holds cannot be opened, so that
one is asked, at HOST and PORT. Exits with 1 where something has failed.`,
  settings: allSettings,
  run: async ({ environment }) => {
    const values = readSettings(environment, allSettings);
    let worst = 0;
    for await (const { check, level, message } of findings(values)) {
      process.stdout.write(`${level.padEnd(9)}${check}: ${message}\n`);
      if (level === 'failure') worst = 1;
    }
    return worst;
  },
};

async function* findings(values: SettingValues): AsyncGenerator<Finding> {
  const { finding, stats, clock } = await checkDatabase(
    values.DATABASE_URL,
    { ...(values.MASTER_KEYS && { masterKeys: values.MASTER_KEYS }) },
    { host: values.HOST, port: values.PORT },
  );
  yield finding;
  const path = sqlitePath(values.DATABASE_URL);
  if (path) {
    const folder = dirname(path);
    yield await found('flush', () => checkFlush(folder));
    yield await found('disk-full', () => checkDisk(folder, values.DISK_RESERVE_BYTES));
  }
  const answer = await askPublicUrl(values);
  if (answer) yield answer.finding;
  const readings = [clock, answer?.clock].filter((reading) => reading !== undefined);
  yield checkClock(new Date(), stats?.lastReceivedAt, readings);
}

/** Shows all that a callback must show, with the first of each factor's secrets. */
async function askPublicUrl(values: SettingValues) {
  const { PUBLIC_URL: publicUrl, CALLBACK_HEADER: header, CALLBACK_BASIC: basic } = values;
  const [token] = values.CALLBACK_TOKENS;
  if (!publicUrl || !token) return undefined;
  return checkPublicUrl(publicUrl, token, {
    ...(header && { [header.name]: header.values[0] ?? '' }),
    ...(basic && { Authorization: `Basic ${Buffer.from(basic[0] ?? '').toString('base64')}` }),
  });
}

/** What cannot be looked at is a finding too, and does not keep the doctor from the rest. */
async function found(check: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return { check, level: 'failure', message: `cannot be looked at: ${reason}` };
  }
}
