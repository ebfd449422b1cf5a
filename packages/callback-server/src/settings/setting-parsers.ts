import { Webhook } from 'standardwebhooks';
import { parseAddressRange } from '../access/address-range.ts';
import { problemOfCredentials, problemOfSecrets } from '../access/factor-options.ts';
import { isPostgresUrl, sqlitePath } from '../store/open-store.ts';
import { parsePostgresUrl } from '../store/postgres/postgres-url.ts';

// Each parser throws an Error that says what to give. It never quotes the value, which may be a secret.

export const port = numberParser(/^\d{1,5}$/, 'must be a port, from 0 to 65535.', 65_535);
export const wholeNumber = numberParser(/^\d{1,15}$/, 'must be a whole number.');
export const positive = numberParser(/^[1-9]\d{0,8}$/, 'must be a whole number above 0.');

function numberParser(pattern: RegExp, problem: string, max = Number.POSITIVE_INFINITY) {
  return (text: string): number => {
    if (!pattern.test(text) || Number(text) > max) throw new Error(problem);
    return Number(text);
  };
}

/** Several values, separated by commas or, in files, by lines. */
function list(text: string): string[] {
  return text.split(/[,\n]/).map((item) => item.trim());
}

export function urlTokens(text: string): string[] {
  const tokens = secrets(text);
  if (tokens.some((token) => !/^[\w~.-]+$/.test(token)))
    throw new Error('must have only letters, digits and - . _ ~ in each token.');
  return tokens;
}

export function secrets(text: string): string[] {
  return checked(list(text), problemOfSecrets);
}

export function credentials(text: string): string[] {
  return checked(list(text), problemOfCredentials);
}

/** `X-Api-Key: first,second` */
export function header(text: string): { name: string; values: string[] } {
  const [, name, values] = /^([!#$%&'*+.^_`|~\w-]+):(.+)$/s.exec(text) ?? [];
  if (!name || !values) throw new Error('must be the name of a header, a colon and its values.');
  return { name, values: secrets(values) };
}

export function addresses(text: string): string[] {
  const items = list(text);
  if (!items.every(parseAddressRange))
    throw new Error('must be IP addresses or blocks, such as 192.0.2.0/24, separated by commas.');
  return items;
}

export function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new Error('must be an http or https URL.');
  // `fetch` rejects such a URL, so every delivery would fail.
  if (url.username || url.password)
    throw new Error(
      'must have no user name or password. Let the other side check the signature of FORWARD_SECRET.',
    );
  return text;
}

export function signingSecret(text: string): string {
  try {
    new Webhook(text);
  } catch {
    throw new Error('must be a Standard Webhooks secret: base64, with or without the prefix whsec_.');
  }
  return text;
}

export function databaseUrl(text: string): string {
  if (isPostgresUrl(text)) parsePostgresUrl(text);
  else if (sqlitePath(text) === undefined)
    throw new Error('must be `sqlite:` and the path of a file, or a `postgres://` URL.');
  return text;
}

export function keepOrReject(text: string): 'keep' | 'reject' {
  if (text !== 'keep' && text !== 'reject') throw new Error('must be keep or reject.');
  return text;
}

function checked(items: string[], problemOf: (items: string[]) => string | undefined): string[] {
  const problem = problemOf(items);
  if (problem) throw new Error(problem);
  return items;
}
