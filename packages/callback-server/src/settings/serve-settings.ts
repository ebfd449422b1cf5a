import { isLoopback } from '../access/address-range.ts';
import { problemOfFactors } from '../access/factor-options.ts';
import type { Retention } from '../maintenance/purge.ts';
import type { CallbackServerOptions } from '../server/callback-server-options.ts';
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
 * Reads the server's options from the environment.
 *
 * @throws SettingsError naming every invalid setting.
 */
export function serveOptions(environment: Record<string, string | undefined>): CallbackServerOptions {
  const values = readSettings(environment, allSettings);
  if (!isLoopback(values.ADMIN_HOST) && !values.ADMIN_TOKENS)
    throw new SettingsError(['ADMIN_TOKENS: is required, because other machines can reach ADMIN_HOST.']);
  const factors = {
    ...(values.CALLBACK_HEADER && { callbackHeader: values.CALLBACK_HEADER }),
    ...(values.CALLBACK_BASIC && { basicCredentials: values.CALLBACK_BASIC }),
  };
  const problem = problemOfFactors(factors);
  if (problem) throw new SettingsError([`CALLBACK_HEADER: ${problem}`]);
  return {
    callbackTokens: values.CALLBACK_TOKENS,
    ...factors,
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
    ...(values.FORWARD_URL && { forwardUrl: values.FORWARD_URL }),
    ...(values.FORWARD_SECRET && { forwardSecret: values.FORWARD_SECRET }),
    ...(values.ROUTES_FILE && { routes: values.ROUTES_FILE }),
    concurrency: values.CONCURRENCY,
    retention: retentionOf(values),
    drainMs: values.DRAIN_SECONDS * 1000,
    graceMs: values.SHUTDOWN_GRACE_SECONDS * 1000,
  };
}
