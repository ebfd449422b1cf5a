import { isLoopback } from '../access/address-range.ts';
import { problemOfFactors } from '../access/factor-options.ts';
import { isUrlOfThisMachine } from '../access/own-url.ts';
import type { Retention } from '../maintenance/purge.ts';
import type { CallbackServerOptions } from '../server/callback-server-options.ts';
import { notifyOptions, notifyProblems } from './notify-settings.ts';
import { confirmationOptions, confirmationProblems } from './provider-settings.ts';
import { readSettings, SettingsError } from './read-settings.ts';
import { allSettings, type SettingValues } from './settings.ts';

export const retentionSettings = ['KEEP_BODIES_DAYS', 'KEEP_CALLBACKS_DAYS', 'KEEP_AUDIT_DAYS'] as const;

export function retentionOf(values: Pick<SettingValues, (typeof retentionSettings)[number]>): Retention {
  return {
    bodyDays: values.KEEP_BODIES_DAYS,
    callbackDays: values.KEEP_CALLBACKS_DAYS,
    auditDays: values.KEEP_AUDIT_DAYS,
  };
}

/**
 * Reads all settings from the environment.
 *
 * @throws SettingsError naming every setting that is invalid, alone or together with others.
 */
export function readServeSettings(environment: Record<string, string | undefined>): SettingValues {
  const values = readSettings(environment, allSettings);
  const problems = contradictionsIn(values);
  if (problems.length > 0) throw new SettingsError(problems);
  return values;
}

/**
 * Reads the server's options from the environment.
 *
 * @throws SettingsError naming every invalid setting.
 */
export function serveOptions(environment: Record<string, string | undefined>): CallbackServerOptions {
  const values = readServeSettings(environment);
  const notify = notifyOptions(values);
  return {
    callbackTokens: values.CALLBACK_TOKENS,
    ...factorsIn(values),
    ...(values.ALLOWED_ADDRESSES && { allowedAddresses: values.ALLOWED_ADDRESSES }),
    trustedProxyHops: values.TRUSTED_PROXY_HOPS,
    ...(values.TRUSTED_PROXIES && { trustedProxies: values.TRUSTED_PROXIES }),
    port: values.PORT,
    host: values.HOST,
    maxBodyBytes: values.MAX_BODY_BYTES,
    maxConnections: values.MAX_CONNECTIONS,
    keepAliveMs: values.KEEP_ALIVE_SECONDS * 1000,
    invalidCallbacks: values.INVALID_CALLBACKS,
    databaseUrl: values.DATABASE_URL,
    ...(values.MASTER_KEYS && { masterKeys: values.MASTER_KEYS }),
    diskReserveBytes: values.DISK_RESERVE_BYTES,
    adminHost: values.ADMIN_HOST,
    adminPort: values.ADMIN_PORT,
    ...(values.ADMIN_TOKENS && { adminTokens: values.ADMIN_TOKENS }),
    ...(values.ADMIN_URL && { adminUrl: values.ADMIN_URL }),
    ...(values.INBOX_USERS_FILE && { inboxUsers: values.INBOX_USERS_FILE }),
    ...(values.FORWARD_URL && { forwardUrl: values.FORWARD_URL }),
    ...(values.FORWARD_SECRET && { forwardSecret: values.FORWARD_SECRET }),
    forwardOrder: values.FORWARD_ORDER,
    ...(values.ROUTES_FILE && { routes: values.ROUTES_FILE }),
    ...confirmationOptions(values),
    ...(notify && { notify }),
    concurrency: values.CONCURRENCY,
    retention: retentionOf(values),
    drainMs: values.DRAIN_SECONDS * 1000,
    graceMs: values.SHUTDOWN_GRACE_SECONDS * 1000,
  };
}

function factorsIn({ CALLBACK_HEADER: callbackHeader, CALLBACK_BASIC: basicCredentials }: SettingValues) {
  return { ...(callbackHeader && { callbackHeader }), ...(basicCredentials && { basicCredentials }) };
}

/** Problems of settings that are right alone, but not together. */
function contradictionsIn(values: SettingValues): string[] {
  const factors = problemOfFactors(factorsIn(values));
  const checks: readonly (readonly [isWrong: boolean, problem: string])[] = [
    ...confirmationProblems(values),
    ...notifyProblems(values),
    [
      !isLoopback(values.ADMIN_HOST) && !values.ADMIN_TOKENS,
      'ADMIN_TOKENS: is required, because other machines can reach ADMIN_HOST.',
    ],
    [
      !isUrlOfThisMachine(values.ADMIN_URL) && !values.ADMIN_TOKENS && !values.INBOX_USERS_FILE,
      'ADMIN_URL: needs INBOX_USERS_FILE or ADMIN_TOKENS, because people reach the inbox from other machines.',
    ],
    [
      values.PORT !== 0 && values.PORT === values.ADMIN_PORT && values.HOST === values.ADMIN_HOST,
      'ADMIN_PORT: is the port of the receiver, PORT. Give another one.',
    ],
    [factors !== undefined, `CALLBACK_HEADER: ${factors}`],
    [
      values.TRUSTED_PROXIES !== undefined && values.TRUSTED_PROXY_HOPS === 0,
      'TRUSTED_PROXIES: has no effect without TRUSTED_PROXY_HOPS. Give the number of your proxies.',
    ],
    [
      values.FORWARD_ORDER !== 'strict' && values.FORWARD_URL === undefined,
      'FORWARD_ORDER: has no effect without FORWARD_URL. A route in ROUTES_FILE has its own order.',
    ],
    [
      values.FORWARD_SECRET !== undefined && values.FORWARD_URL === undefined,
      'FORWARD_SECRET: signs only what goes to FORWARD_URL, which is missing. A route in ROUTES_FILE has its own secrets.',
    ],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, problem]) => problem);
}
