import { dirname } from 'node:path';
import { confirmRoute } from '../callback/confirmation.ts';
import { configuredRoutes } from '../dispatch/configured-routes.ts';
import { handlerRoute } from '../dispatch/create-routes.ts';
import { openQueueOf } from '../dispatch/open-queue-of.ts';
import type { RouteOptions } from '../dispatch/queue-route.ts';
import { checkClock } from '../doctor/check-clock.ts';
import { checkDatabase } from '../doctor/check-database.ts';
import { checkDisk } from '../doctor/check-disk.ts';
import { checkFlush } from '../doctor/check-flush.ts';
import { assessHandingOn } from '../doctor/check-handing-on.ts';
import { checkNotify } from '../doctor/check-notify.ts';
import { checkPublicUrl } from '../doctor/check-public-url.ts';
import { checkQueue, checkRoute } from '../doctor/check-route.ts';
import { type Finding, findingOf } from '../doctor/finding.ts';
import { notifyOptions } from '../settings/notify-settings.ts';
import { readServeSettings } from '../settings/serve-settings.ts';
import { allSettings, type SettingValues } from '../settings/settings.ts';
import { sqlitePath } from '../store/open-store.ts';
import type { Command } from './command.ts';

export const doctor: Command = {
  summary: 'checks whether this machine can be trusted with callbacks',
  details: `
Checks the database and the open deliveries, and reads stored callbacks for at most 10 s. With SQLite, checks the free space
and the flushes of the disk. Compares the clock with the clocks of a PostgreSQL database and of PUBLIC_URL. If a running
server has the SQLite file open, asks the server at HOST and PORT. PUBLIC_URL gets a GET with the factors of a callback.
FORWARD_URL, NOTIFY_URL and the URLs of ROUTES_FILE get OPTIONS without data. Connects to the queues of ROUTES_FILE and to
the SMTP server of NOTIFY_EMAIL_URL, and sends nothing to them. Only --notify sends a test message. Exits with 1 if a check
fails.`,
  options: {
    notify: { type: 'boolean', help: 'sends a test message to NOTIFY_URL, and by e-mail' },
  },
  settings: allSettings,
  run: async ({ environment, options }) => {
    // Settings that the server refuses at its start are refused here too.
    const values = readServeSettings(environment);
    let exitCode = 0;
    for await (const [check, { level, message }] of findings(values, options['notify'] === true)) {
      process.stdout.write(`${level.padEnd(9)}${check}: ${message}\n`);
      if (level === 'failure') exitCode = 1;
    }
    return exitCode;
  },
};

async function* findings(
  values: SettingValues,
  sendsTest: boolean,
): AsyncGenerator<[check: string, Finding]> {
  const { finding, stored, stats, clock, reusableBytes, claimMs } = await checkDatabase(
    values.DATABASE_URL,
    { ...(values.MASTER_KEYS && { masterKeys: values.MASTER_KEYS }) },
    { host: values.HOST, port: values.PORT },
  );
  yield ['database', finding];
  if (stored) yield ['stored callbacks', stored];
  const { FORWARD_URL: forwardUrl, ROUTES_FILE: routes } = values;
  // A program with handlers may use the same database.
  const known = [
    handlerRoute,
    confirmRoute,
    ...configuredRoutes({ forwardUrl, routes }).map(({ name }) => name),
  ];
  if (stats) yield ['handing on', assessHandingOn(new Date(), stats, known, claimMs)];
  const path = sqlitePath(values.DATABASE_URL);
  if (path) {
    const folder = dirname(path);
    yield ['flush', await findingOf(() => checkFlush(folder))];
    yield ['disk', await findingOf(() => checkDisk(folder, values.DISK_RESERVE_BYTES, reusableBytes))];
  }
  const publicUrl = await checkPublicUrlOf(values);
  if (publicUrl) yield ['public URL', publicUrl.finding];
  if (values.FORWARD_URL) yield ['forward URL', await checkRoute(values.FORWARD_URL, 'FORWARD_URL')];
  for (const route of values.ROUTES_FILE ?? [])
    yield [`route ${route.name}`, await findingOf(() => checkConfigured(route))];
  const notify = notifyOptions(values);
  if (notify) yield* checkNotify(notify, values.ADMIN_URL, sendsTest);
  const readings = [clock, publicUrl?.clock].filter((reading) => reading !== undefined);
  yield ['clock', checkClock(new Date(), stats?.lastReceivedAt, readings)];
}

async function checkConfigured(route: RouteOptions): Promise<Finding> {
  const openQueue = await openQueueOf(route);
  return openQueue ? checkQueue(openQueue) : checkRoute(route.url, 'its url in ROUTES_FILE');
}

/** Presents every factor of a callback, with the first of each factor's secrets. */
async function checkPublicUrlOf(values: SettingValues) {
  const { PUBLIC_URL: publicUrl, CALLBACK_HEADER: header, CALLBACK_BASIC: basic } = values;
  const [token] = values.CALLBACK_TOKENS;
  if (!publicUrl || !token) return undefined;
  return checkPublicUrl(publicUrl, token, {
    ...(header && { [header.name]: header.values[0] ?? '' }),
    ...(basic && { Authorization: `Basic ${Buffer.from(basic[0] ?? '').toString('base64')}` }),
  });
}
