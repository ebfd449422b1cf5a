import { isLoopback } from '../access/loopback.ts';
import type { CallbackServerOptions } from '../server/callback-server-options.ts';
import { readSettings, SettingsError } from './read-settings.ts';
import { type SettingName, settings } from './settings.ts';

/** Every setting. */
export const allSettings: readonly SettingName[] = Object.keys(settings) as SettingName[];

/**
 * The options of the server that an environment asks for.
 *
 * @throws SettingsError naming every setting that does not hold.
 */
export function serveOptions(environment: Record<string, string | undefined>): CallbackServerOptions {
  const values = readSettings(environment, allSettings);
  if (!isLoopback(values.ADMIN_HOST) && !values.ADMIN_TOKENS)
    throw new SettingsError(['ADMIN_TOKENS: is required where ADMIN_HOST is not this machine only.']);
  return {
    callbackTokens: values.CALLBACK_TOKENS,
    ...(values.CALLBACK_HEADER && { callbackHeader: values.CALLBACK_HEADER }),
    ...(values.CALLBACK_BASIC && { basicCredentials: values.CALLBACK_BASIC }),
    ...(values.ALLOWED_ADDRESSES && { allowedAddresses: values.ALLOWED_ADDRESSES }),
    trustedProxyHops: values.TRUSTED_PROXY_HOPS,
    port: values.PORT,
    host: values.HOST,
    maxBodyBytes: values.MAX_BODY_BYTES,
    maxConnections: values.MAX_CONNECTIONS,
    invalidCallbacks: values.INVALID_CALLBACKS,
    databaseUrl: values.DATABASE_URL,
    ...(values.MASTER_KEYS && { masterKeys: values.MASTER_KEYS }),
    diskReserveBytes: values.DISK_RESERVE_BYTES,
    adminHost: values.ADMIN_HOST,
    adminPort: values.ADMIN_PORT,
    ...(values.ADMIN_TOKENS && { adminTokens: values.ADMIN_TOKENS }),
    ...(values.FORWARD_URL && { forwardUrl: values.FORWARD_URL }),
    ...(values.FORWARD_SECRET && { forwardSecret: values.FORWARD_SECRET }),
    retention: {
      bodyDays: values.KEEP_BODIES_DAYS,
      callbackDays: values.KEEP_CALLBACKS_DAYS,
      auditDays: values.KEEP_AUDIT_DAYS,
    },
    drainMs: values.DRAIN_SECONDS * 1000,
    graceMs: values.SHUTDOWN_GRACE_SECONDS * 1000,
  };
}
