import { type MasterKey, parseMasterKeys } from '../store/encryption/master-keys.ts';
import { databaseUrl } from './database-setting.ts';
import * as parse from './setting-parsers.ts';

/** One setting, from the environment. */
export interface Setting<Value> {
  readonly help: string;
  readonly default?: string;
  /** What to give, where nothing is given and there is no default. */
  readonly required?: string;
  /** May also be given in a file, whose path stands in the setting of this name with `_FILE` after it. */
  readonly isSecret?: true;
  /** @throws Error saying what to give, never what was given: it may be a secret. */
  readonly parse: (text: string) => Value;
}

/** What the settings say, once they are read. */
export interface SettingValues {
  readonly CALLBACK_TOKENS: readonly string[];
  readonly CALLBACK_HEADER?: { readonly name: string; readonly values: readonly string[] };
  readonly CALLBACK_BASIC?: readonly string[];
  readonly ALLOWED_ADDRESSES?: readonly string[];
  readonly TRUSTED_PROXY_HOPS: number;
  readonly PORT: number;
  readonly HOST: string;
  readonly MAX_BODY_BYTES: number;
  readonly MAX_CONNECTIONS: number;
  readonly INVALID_CALLBACKS: 'keep' | 'reject';
  readonly DATABASE_URL: string;
  readonly MASTER_KEYS?: readonly MasterKey[];
  readonly DISK_RESERVE_BYTES: number;
  readonly ADMIN_HOST: string;
  readonly ADMIN_PORT: number;
  readonly ADMIN_TOKENS?: readonly string[];
  readonly FORWARD_URL?: string;
  readonly FORWARD_SECRET?: string;
  readonly DRAIN_SECONDS: number;
  readonly SHUTDOWN_GRACE_SECONDS: number;
  readonly KEEP_BODIES_DAYS: number;
  readonly KEEP_CALLBACKS_DAYS: number;
  readonly KEEP_AUDIT_DAYS: number;
  readonly PUBLIC_URL?: string;
}

export type SettingName = keyof SettingValues;

/** Every setting that the binary takes from its environment, as `--help` shows them. */
export const settings: {
  readonly [Name in SettingName]-?: Setting<NonNullable<SettingValues[Name]>>;
} = {
  CALLBACK_TOKENS: {
    help: 'tokens that may stand in a callback URL',
    required: 'Give a random token: openssl rand -hex 16.',
    isSecret: true,
    parse: parse.urlTokens,
  },
  CALLBACK_HEADER: {
    help: 'header that a callback must carry, with its values: X-Api-Key: secret,secret',
    isSecret: true,
    parse: parse.header,
  },
  CALLBACK_BASIC: {
    help: 'what HTTP Basic must give: user:password,user:password',
    isSecret: true,
    parse: parse.credentials,
  },
  ALLOWED_ADDRESSES: {
    help: 'IP addresses and blocks that callbacks may come from',
    parse: parse.addresses,
  },
  TRUSTED_PROXY_HOPS: {
    help: 'how many proxies of yours stand in front',
    default: '0',
    parse: parse.wholeNumber,
  },
  PORT: { help: 'port for the provider', default: '4020', parse: parse.port },
  HOST: { help: 'address to listen on for the provider', default: '127.0.0.1', parse: String },
  MAX_BODY_BYTES: { help: 'the longest body that is received', default: '262144', parse: parse.positive },
  MAX_CONNECTIONS: { help: 'connections at a time', default: '1000', parse: parse.positive },
  INVALID_CALLBACKS: {
    help: 'keep, or reject: answer 422, and keep',
    default: 'keep',
    parse: parse.keepOrReject,
  },
  DATABASE_URL: {
    help: 'where callbacks are kept: sqlite: and a path, or postgres://',
    default: 'sqlite:./callbacks.db',
    isSecret: true,
    parse: databaseUrl,
  },
  MASTER_KEYS: {
    help: 'seal what is a person’s: id:base64 of 32 bytes, the newest first',
    isSecret: true,
    parse: parseMasterKeys,
  },
  DISK_RESERVE_BYTES: {
    help: 'room on the disk below which nothing new is taken; at most 5 % of the disk',
    default: String(256 * 1024 * 1024),
    parse: parse.wholeNumber,
  },
  ADMIN_HOST: {
    help: 'address to listen on for the operator; another than this machine needs ADMIN_TOKENS',
    default: '127.0.0.1',
    parse: String,
  },
  ADMIN_PORT: { help: 'port for the operator', default: '4021', parse: parse.port },
  ADMIN_TOKENS: {
    help: 'tokens of which the operator must show one',
    isSecret: true,
    parse: parse.secrets,
  },
  FORWARD_URL: { help: 'where callbacks are posted on to', parse: parse.httpUrl },
  FORWARD_SECRET: {
    help: 'signs what is forwarded, by Standard Webhooks',
    isSecret: true,
    parse: parse.signingSecret,
  },
  DRAIN_SECONDS: {
    help: 'how long a stop goes on receiving while load balancers turn away',
    default: '5',
    parse: parse.wholeNumber,
  },
  SHUTDOWN_GRACE_SECONDS: {
    help: 'time that a stop then gives to what is in flight',
    default: '10',
    parse: parse.positive,
  },
  KEEP_BODIES_DAYS: {
    help: 'days until purge puts masked copies in the place of bodies',
    default: '7',
    parse: parse.positive,
  },
  KEEP_CALLBACKS_DAYS: {
    help: 'days until purge drops callbacks',
    default: '396',
    parse: parse.positive,
  },
  KEEP_AUDIT_DAYS: { help: 'days until purge drops the audit', default: '396', parse: parse.positive },
  PUBLIC_URL: { help: 'where the provider reaches this server; doctor tries it', parse: parse.httpUrl },
};
