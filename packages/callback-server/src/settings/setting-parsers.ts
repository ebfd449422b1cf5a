import { problemOfAddresses } from '../access/address-range.ts';
import {
  problemOfBearerTokens,
  problemOfCredentials,
  problemOfHeader,
  problemOfTokens,
} from '../access/factor-options.ts';
import { problemOfAdminUrl } from '../access/own-url.ts';
import { isBlockedPort, problemOfSigningSecret, problemOfUrl } from '../dispatch/forward-target.ts';
import { problemOfEmailAddress, problemOfSmtpUrl } from '../notify/email-options.ts';
import type { Limits } from '../server/option-limits.ts';
import { isPostgresUrl, problemOfDatabaseUrl } from '../store/open-store.ts';
import { parsePostgresUrl } from '../store/postgres/postgres-url.ts';

// Each parser throws an Error that says what to give. It never quotes the value, which may be a secret.

/** A whole number within the limits of an option. */
export function numberWithin([min, max]: Limits): (text: string) => number {
  return (text) => {
    const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= min && number <= max)) throw new Error(`must be a whole number from ${min} to ${max}.`);
    return number;
  };
}

/** Seconds, for an option in milliseconds. */
export function secondsWithin([min, max]: Limits): (text: string) => number {
  return numberWithin([Math.ceil(min / 1000), max / 1000]);
}

/** A port that a client can use: `fetch` refuses some ports. */
export function portWithin(limits: Limits): (text: string) => number {
  return (text) => {
    const port = numberWithin(limits)(text);
    if (port !== 0 && isBlockedPort(text))
      throw new Error(`must be another port: fetch refuses port ${port}.`);
    return port;
  };
}

/** An address to listen on. */
export function host(text: string): string {
  if (!/^[\w.:%-]+$/.test(text))
    throw new Error('must be an address without brackets and spaces, such as 127.0.0.1 or ::1.');
  return text;
}

/** Several values, separated by commas or, in files, by lines. */
function list(text: string): string[] {
  const items = text.trim().split(/\s*[,\n]\s*/);
  if (items.includes('')) throw new Error('must have a value on both sides of each comma.');
  return items;
}

export function urlTokens(text: string): string[] {
  return checked(list(text), problemOfTokens);
}

export function bearerTokens(text: string): string[] {
  return checked(list(text), problemOfBearerTokens);
}

export function credentials(text: string): string[] {
  return checked(list(text), problemOfCredentials);
}

/** `X-Api-Key: first,second` */
export function header(text: string): { name: string; values: string[] } {
  const [, name, values] = /^([!#$%&'*+.^_`|~\w-]+):(.+)$/s.exec(text) ?? [];
  if (!name || !values) throw new Error('must be the name of a header, a colon and its values.');
  return checked({ name, values: list(values) }, problemOfHeader);
}

export function addresses(text: string): string[] {
  return checked(list(text), problemOfAddresses);
}

export function httpUrl(text: string): string {
  return checked(text, problemOfUrl);
}

export function adminUrl(text: string): string {
  return checked(text, problemOfAdminUrl);
}

export function signingSecret(text: string): string {
  return checked(text, problemOfSigningSecret);
}

export function smtpUrl(text: string): string {
  return checked(text, problemOfSmtpUrl);
}

export function emailAddress(text: string): string {
  return checked(text, problemOfEmailAddress);
}

export function emailAddresses(text: string): string[] {
  return list(text).map(emailAddress);
}

export function databaseUrl(text: string): string {
  if (isPostgresUrl(text)) parsePostgresUrl(text);
  return checked(text, problemOfDatabaseUrl);
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new Error(`must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`);
    return found;
  };
}

/** `preproduction` names the hosts of the contract. */
export function providerUrl(text: string): string {
  return text === 'preproduction' ? text : httpUrl(text);
}

function checked<Value>(value: Value, problemOf: (value: Value) => string | undefined): Value {
  const problem = problemOf(value);
  if (problem) throw new Error(problem);
  return value;
}
