import { Webhook } from 'standardwebhooks';
import type { CallbackServerOptions } from './callback-server-options.ts';
import { isPostgresUrl, sqlitePath } from './store/open-store.ts';

interface Setting<Value> {
  readonly help: string;
  readonly default?: string;
  /** @throws Error saying what to give, never what was given: it may be a secret. */
  readonly parse: (text: string) => Value;
}

/** Every setting that the binary takes from its environment, as `--help` shows them. */
const settings = {
  PORT: { help: 'port for the provider', default: '4020', parse: port },
  HOST: { help: 'address to listen on for the provider', default: '127.0.0.1', parse: String },
  ADMIN_PORT: { help: 'port of the admin API, on 127.0.0.1 only', default: '4021', parse: port },
  DATABASE_URL: {
    help: 'where callbacks are kept: sqlite: and a path, or postgres://',
    default: 'sqlite:./callbacks.db',
    parse: database,
  },
  CALLBACK_TOKENS: {
    help: 'tokens that may stand in a callback URL, separated by commas; required',
    parse: tokens,
  },
  FORWARD_URL: { help: 'where callbacks are posted on to', parse: httpUrl },
  FORWARD_SECRET: { help: 'signs what is forwarded, by Standard Webhooks', parse: signingSecret },
  MAX_BODY_BYTES: { help: 'the longest body that is received', default: '262144', parse: positive },
  INVALID_CALLBACKS: { help: 'keep, or reject: answer 422, and keep', default: 'keep', parse: keepOrReject },
  SHUTDOWN_GRACE_SECONDS: {
    help: 'time that a stop gives to what is in flight',
    default: '10',
    parse: positive,
  },
} satisfies Record<string, Setting<unknown>>;

type Name = keyof typeof settings;
type Values = { -readonly [Key in Name]?: ReturnType<(typeof settings)[Key]['parse']> };

/** The settings of an environment do not hold. Says all that is wrong, and none of the values. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(problems: readonly string[]) {
    super(`The settings do not hold:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/**
 * The options that an environment asks for.
 *
 * @throws SettingsError naming every setting that does not hold.
 */
export function parseSettings(environment: Record<string, string | undefined>): CallbackServerOptions {
  const values: Values = {};
  const problems: string[] = [];
  for (const name of Object.keys(settings) as Name[]) {
    const setting: Setting<unknown> = settings[name];
    const text = environment[name] || setting.default;
    if (text === undefined) continue;
    try {
      // Each name is paired with its own parser above; a name taken at run time loses that pairing.
      Object.assign(values, { [name]: setting.parse(text) });
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : 'does not hold.'}`);
    }
  }
  const { CALLBACK_TOKENS: callbackTokens } = values;
  if (!callbackTokens && !environment['CALLBACK_TOKENS'])
    problems.push('CALLBACK_TOKENS: is required. Give a random token of at least 16 characters.');
  if (problems.length > 0 || !callbackTokens) throw new SettingsError(problems);
  return toOptions(values, callbackTokens);
}

function toOptions(values: Values, callbackTokens: string[]): CallbackServerOptions {
  const { FORWARD_URL: forwardUrl, FORWARD_SECRET: forwardSecret } = values;
  return {
    callbackTokens,
    ...(values.PORT !== undefined && { port: values.PORT }),
    ...(values.HOST && { host: values.HOST }),
    ...(values.ADMIN_PORT !== undefined && { adminPort: values.ADMIN_PORT }),
    ...(values.DATABASE_URL && { databaseUrl: values.DATABASE_URL }),
    ...(forwardUrl && { forwardUrl }),
    ...(forwardSecret && { forwardSecret }),
    ...(values.MAX_BODY_BYTES && { maxBodyBytes: values.MAX_BODY_BYTES }),
    ...(values.INVALID_CALLBACKS && { invalidCallbacks: values.INVALID_CALLBACKS }),
    ...(values.SHUTDOWN_GRACE_SECONDS && { graceMs: values.SHUTDOWN_GRACE_SECONDS * 1000 }),
  };
}

/** Every setting in a line, with its default. */
export function describeSettings(): string {
  return Object.entries<Setting<unknown>>(settings)
    .map(
      ([name, setting]) =>
        `  ${name.padEnd(24)}${setting.help}${setting.default ? ` (${setting.default})` : ''}`,
    )
    .join('\n');
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Error('is not a port. Give a number from 0 to 65535.');
  return Number(text);
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error('is not a whole number above 0.');
  return Number(text);
}

function database(text: string): string {
  if (sqlitePath(text) === undefined && !isPostgresUrl(text))
    throw new Error('must be `sqlite:` and the path of a file, or a `postgres://` URL.');
  return text;
}

function tokens(text: string): string[] {
  const list = text.split(',').map((token) => token.trim());
  if (list.some((token) => !/^[\w~.-]{16,}$/.test(token)))
    throw new Error('each token must have at least 16 characters, of letters, digits, and - . _ ~.');
  return list;
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new Error('is not an http or https URL.');
  // `fetch` refuses such a URL, so nothing would ever be taken.
  if (url.username || url.password)
    throw new Error('must hold no user name or password. Let the other side check FORWARD_SECRET.');
  return text;
}

function signingSecret(text: string): string {
  try {
    new Webhook(text);
  } catch {
    throw new Error('is not a Standard Webhooks secret. Give base64, with or without whsec_ before it.');
  }
  return text;
}

function keepOrReject(text: string): 'keep' | 'reject' {
  if (text !== 'keep' && text !== 'reject') throw new Error('must be keep or reject.');
  return text;
}
