import { problemOfAddresses } from '../access/address-range.ts';
import { problemOfCredentials, problemOfSecrets } from '../access/factor-options.ts';
import { problemOfSigningSecret, problemOfUrl } from '../dispatch/forward-target.ts';
import {
  problemOfAmqpName,
  problemOfQueueUrl,
  problemOfSubject,
  queueOfUrl,
} from '../queues/queue-target.ts';
import { maxQueued } from '../store/engine/commit-queue.ts';
import { isPostgresUrl, sqlitePath } from '../store/open-store.ts';
import { parsePostgresUrl } from '../store/postgres/postgres-url.ts';

// Each parser throws an Error that says what to give. It never quotes the value, which may be a secret.

export const port = numberParser(/^\d{1,5}$/, 'must be a port, from 0 to 65535.', 65_535);
export const wholeNumber = numberParser(/^\d{1,15}$/, 'must be a whole number.');
export const bodyBytes = numberParser(
  /^[1-9]\d{0,8}$/,
  `must be a whole number from 1 to ${maxQueued.bytes}: no larger body can wait for a commit.`,
  maxQueued.bytes,
);
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
  return checked(list(text), problemOfAddresses);
}

export function httpUrl(text: string): string {
  return checked(text, problemOfUrl);
}

/** The URL of a route: of a target that callbacks are posted to, or of a broker. */
export function routeUrl(text: string): string {
  return queueOfUrl(text) ? checked(text, problemOfQueueUrl) : httpUrl(text);
}

export function subject(text: string): string {
  return checked(text, problemOfSubject);
}

/** The name of an exchange, or a routing key. */
export function amqpName(text: string): string {
  return checked(text, problemOfAmqpName);
}

export function signingSecret(text: string): string {
  return checked(text, problemOfSigningSecret);
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

function checked<Value>(value: Value, problemOf: (value: Value) => string | undefined): Value {
  const problem = problemOf(value);
  if (problem) throw new Error(problem);
  return value;
}
