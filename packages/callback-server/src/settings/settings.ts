import { confirmedEvents } from '../callback/confirmation.ts';
import { routeOrders } from '../callback/route-order.ts';
import { unconfirmedWays } from '../confirm/decide-confirmation.ts';
import { optionLimits, retentionLimits } from '../server/option-limits.ts';
import { parseMasterKeys } from '../store/encryption/master-keys.ts';
import { routesFile } from './routes-file.ts';
import * as parse from './setting-parsers.ts';
import { usersFile } from './users-file.ts';

export interface Setting {
  readonly help: string;
  readonly default?: string;
  /** What to give, if the setting is required. */
  readonly required?: string;
  /** A secret can also be given in a file, whose path is in the setting of this name plus `_FILE`. */
  readonly isSecret?: true;
  /** @throws Error saying what to give. It never quotes the value, which may be a secret. */
  readonly parse: (text: string) => unknown;
}

/** A day at least: a command deletes nothing that arrives while it runs. */
const retentionDays = parse.numberWithin([1, retentionLimits.bodyDays[1]]);

/** Every setting of the binary, in the order of `--help`. */
export const settings = {
  CALLBACK_TOKENS: {
    help: 'tokens that a callback URL may contain',
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
    help: 'HTTP Basic credentials of callbacks: user:password,user:password',
    isSecret: true,
    parse: parse.credentials,
  },
  ALLOWED_ADDRESSES: {
    help: 'IP addresses and blocks that callbacks may come from',
    parse: parse.addresses,
  },
  TRUSTED_PROXY_HOPS: {
    help: 'number of your proxies in front of the server',
    default: '0',
    parse: parse.numberWithin([0, 100]),
  },
  TRUSTED_PROXIES: {
    help: 'IP addresses and blocks of the proxies that connect to the server; private addresses by default',
    parse: parse.addresses,
  },
  PORT: { help: 'port of the receiver', default: '4020', parse: parse.portWithin(optionLimits.port) },
  HOST: { help: 'address that the receiver listens on', default: '127.0.0.1', parse: parse.host },
  MAX_BODY_BYTES: {
    help: 'maximum length of a body',
    default: '262144',
    parse: parse.numberWithin(optionLimits.maxBodyBytes),
  },
  MAX_CONNECTIONS: {
    help: 'maximum concurrent connections',
    default: '1000',
    parse: parse.numberWithin(optionLimits.maxConnections),
  },
  KEEP_ALIVE_SECONDS: {
    help: 'how long an idle connection stays open; choose more than the idle timeout of your proxies',
    default: '75',
    parse: parse.secondsWithin(optionLimits.keepAliveMs),
  },
  INVALID_CALLBACKS: {
    help: 'keep, or reject to respond with 422; invalid callbacks are stored either way',
    default: 'keep',
    parse: parse.oneOf(['keep', 'reject']),
  },
  DATABASE_URL: {
    help: 'the database: sqlite: and a path, or postgres://',
    default: 'sqlite:./callbacks.db',
    isSecret: true,
    parse: parse.databaseUrl,
  },
  MASTER_KEYS: {
    help: 'keys that encrypt personal data: id:base64 of 32 bytes, first the key for new data',
    isSecret: true,
    parse: parseMasterKeys,
  },
  DISK_RESERVE_BYTES: {
    help: 'free disk space below which no callback is accepted; at most 5 % of the disk',
    default: String(256 * 1024 * 1024),
    parse: parse.numberWithin(optionLimits.diskReserveBytes),
  },
  ADMIN_HOST: {
    help: 'address that the admin API listens on; one that other machines can reach needs ADMIN_TOKENS',
    default: '127.0.0.1',
    parse: parse.host,
  },
  ADMIN_PORT: {
    help: 'port of the admin API',
    default: '4021',
    parse: parse.portWithin(optionLimits.adminPort),
  },
  ADMIN_TOKENS: { help: 'tokens of the admin API', isSecret: true, parse: parse.bearerTokens },
  ADMIN_URL: {
    help: 'URL at which people reach the admin port, without a path; the inbox refuses other hosts',
    parse: parse.adminUrl,
  },
  INBOX_USERS_FILE: {
    help: 'file of the users of the inbox, a line name:roles:hash for each; hash-password prints a hash',
    parse: usersFile,
  },
  FORWARD_URL: { help: 'URL that callbacks are forwarded to', isSecret: true, parse: parse.httpUrl },
  FORWARD_SECRET: {
    help: 'secret that signs forwarded callbacks, by Standard Webhooks: whsec_ and base64, or base64',
    isSecret: true,
    parse: parse.signingSecret,
  },
  FORWARD_ORDER: {
    help: 'order in which FORWARD_URL gets the callbacks of a merchant: latest, strict or none',
    default: 'strict',
    parse: parse.oneOf(routeOrders),
  },
  ROUTES_FILE: {
    help: 'JSON file of further routes: URLs and queues, each with its own events, realms and limits',
    parse: routesFile,
  },
  PROVIDER_URL: {
    help: 'URL of the provider, or preproduction: merchants are pulled from it, to confirm callbacks',
    parse: parse.providerUrl,
  },
  PARTNER_USERNAME: { help: 'user name of the partner at the provider', isSecret: true, parse: String },
  PARTNER_PASSWORD: { help: 'password of the partner at the provider', isSecret: true, parse: String },
  CONFIRM: {
    help: 'callbacks that a pull confirms before delivery: never, accept, decisions or always; decisions by default with PROVIDER_URL',
    parse: parse.oneOf(confirmedEvents),
  },
  CONFIRM_MINUTES: {
    help: 'how long a callback and a pull may differ before the callback goes to the quarantine',
    default: '15',
    parse: parse.numberWithin([0, 1440]),
  },
  UNCONFIRMED: {
    help: 'what becomes of a callback while no pull succeeds: wait, deliver or quarantine',
    default: 'wait',
    parse: parse.oneOf(unconfirmedWays),
  },
  UNCONFIRMED_MINUTES: {
    help: 'how long all pulls may fail before UNCONFIRMED applies',
    default: '60',
    parse: parse.numberWithin([0, 525_600]),
  },
  PULLS_PER_MINUTE: {
    help: 'maximum requests to the provider in a minute, for each server',
    default: '120',
    parse: parse.numberWithin(optionLimits.pullsPerMinute),
  },
  RECONCILE_MINUTES: {
    help: 'minutes from the creation or last callback of a merchant until a pull, in case a callback was lost; 0 for never',
    default: '60',
    parse: parse.numberWithin([0, 525_600]),
  },
  UNVERIFIABLE_HOURS: {
    help: 'how long the pulls of a merchant may fail before a person has to look',
    default: '24',
    parse: parse.numberWithin([1, 8760]),
  },
  NOTIFY_URL: {
    help: 'URL that gets a JSON message when something needs a person, such as callbacks that were given up',
    isSecret: true,
    parse: parse.httpUrl,
  },
  NOTIFY_SECRET: {
    help: 'secret that signs messages to NOTIFY_URL, by Standard Webhooks: whsec_ and base64, or base64',
    isSecret: true,
    parse: parse.signingSecret,
  },
  NOTIFY_EMAIL_URL: {
    help: 'SMTP server that sends the same messages by e-mail: smtps://user:password@host; needs nodemailer',
    isSecret: true,
    parse: parse.smtpUrl,
  },
  NOTIFY_EMAIL_FROM: { help: 'address of the sender', parse: parse.emailAddress },
  NOTIFY_EMAIL_TO: { help: 'addresses of the recipients', parse: parse.emailAddresses },
  NOTIFY_MINUTES: {
    help: 'minutes between two messages; the first message waits ten seconds at most',
    default: '5',
    parse: parse.numberWithin([1, 1440]),
  },
  NOTIFY_QUIET_MINUTES: {
    help: 'minutes without a callback that are reported, 0 for never; by default a day, if merchants are known',
    parse: parse.numberWithin([0, 525_600]),
  },
  CONCURRENCY: {
    help: 'maximum attempts at the same time, for each route',
    default: '256',
    parse: parse.numberWithin(optionLimits.concurrency),
  },
  DRAIN_SECONDS: {
    help: 'how long a stopping server still receives, while load balancers move on',
    default: '5',
    parse: parse.secondsWithin(optionLimits.drainMs),
  },
  SHUTDOWN_GRACE_SECONDS: {
    help: 'how long a stopping server then waits for requests and attempts in flight',
    default: '10',
    parse: parse.secondsWithin(optionLimits.graceMs),
  },
  KEEP_BODIES_DAYS: {
    help: 'days until purge replaces bodies by masked copies',
    default: '7',
    parse: retentionDays,
  },
  KEEP_CALLBACKS_DAYS: {
    help: 'days until purge drops callbacks; with partitions of PostgreSQL, up to the length of one partition later',
    default: '396',
    parse: retentionDays,
  },
  KEEP_AUDIT_DAYS: { help: 'days until purge drops audit entries', default: '396', parse: retentionDays },
  PUBLIC_URL: {
    help: 'URL at which the provider reaches this server; doctor tries it',
    parse: parse.httpUrl,
  },
} as const satisfies Record<string, Setting>;

type Settings = typeof settings;

export type SettingName = keyof Settings;

/** The names of the settings that always have a value. */
type PresentName = {
  [Name in SettingName]: Settings[Name] extends { default: string } | { required: string } ? Name : never;
}[SettingName];

type ValueOf<Name extends SettingName> = ReturnType<Settings[Name]['parse']>;

export type SettingValues = { readonly [Name in PresentName]: ValueOf<Name> } & {
  readonly [Name in Exclude<SettingName, PresentName>]?: ValueOf<Name>;
};

export const allSettings = Object.keys(settings) as SettingName[];
