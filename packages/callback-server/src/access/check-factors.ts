import { isWithin, parseAddressRange, problemOfAddresses } from './address-range.ts';
import {
  type FactorOptions,
  problemOfCredentials,
  problemOfFactors,
  problemOfHeader,
  problemOfTokens,
} from './factor-options.ts';
import { createSecretCheck } from './secret-check.ts';

type Factor = 'token' | 'header' | 'basic' | 'address';

/** What a request presents. */
export interface Credentials {
  readonly token: string;
  readonly header: (name: string) => string | undefined;
  /** The sender's address, if it is known. */
  readonly address: string | undefined;
}

interface FactorCheck {
  readonly factor: Factor;
  readonly passes: (credentials: Credentials) => boolean | Promise<boolean>;
}

/**
 * Creates a check that resolves to the factors that a request fails.
 *
 * Every given factor is checked each time, even after another has failed, so that the time of a refusal does not reveal
 * its cause.
 *
 * @throws TypeError if the options admit nobody, or if a secret could be guessed.
 */
export function createFactorChecks(options: FactorOptions): (credentials: Credentials) => Promise<Factor[]> {
  const { callbackHeader, basicCredentials, allowedAddresses, trustedProxyHops = 0 } = options;
  const { trustedProxies } = options;
  const isCount = Number.isInteger(trustedProxyHops) && trustedProxyHops >= 0;
  assertOption('trustedProxyHops', isCount ? undefined : 'must be the number of your proxies, 0 or more.');
  assertOption('trustedProxies', trustedProxies && problemOfAddresses(trustedProxies));
  assertOption('callbackHeader', problemOfFactors(options));
  const checks: readonly FactorCheck[] = [
    checkToken(options.callbackTokens),
    callbackHeader && checkHeader(callbackHeader),
    basicCredentials && checkBasic(basicCredentials),
    allowedAddresses && checkAddress(allowedAddresses),
  ].filter((check) => check !== undefined);
  return async (credentials) => {
    const passed = await Promise.all(checks.map(({ passes }) => passes(credentials)));
    return checks.filter((_, index) => !passed[index]).map(({ factor }) => factor);
  };
}

function checkToken(tokens: readonly string[]): FactorCheck {
  assertOption('callbackTokens', problemOfTokens(tokens));
  const isLive = createSecretCheck(tokens);
  return { factor: 'token', passes: ({ token }) => isLive(token) };
}

function checkHeader(option: NonNullable<FactorOptions['callbackHeader']>): FactorCheck {
  assertOption('callbackHeader', problemOfHeader(option));
  const { name, values } = option;
  const isLive = createSecretCheck(values);
  return { factor: 'header', passes: ({ header }) => isLive(header(name) ?? '') };
}

function checkBasic(credentials: readonly string[]): FactorCheck {
  assertOption('basicCredentials', problemOfCredentials(credentials));
  const isLive = createSecretCheck(credentials);
  return { factor: 'basic', passes: ({ header }) => isLive(basicCredentialsIn(header('authorization'))) };
}

function checkAddress(allowed: readonly string[]): FactorCheck {
  assertOption('allowedAddresses', problemOfAddresses(allowed));
  const ranges = allowed.map(parseAddressRange);
  return { factor: 'address', passes: ({ address }) => isWithin(ranges, address) };
}

/** The whole `user:password`, compared as one secret: it is never split at a colon. */
function basicCredentialsIn(authorization: string | undefined): Uint8Array {
  const encoded = /^basic +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  try {
    return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function assertOption(option: string, problem: string | undefined): void {
  if (problem) throw new TypeError(`${option} ${problem}`);
}
