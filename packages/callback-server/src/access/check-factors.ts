import { type AddressRange, isWithin, parseAddressRange } from './address-range.ts';
import { type FactorOptions, problemOfCredentials, problemOfSecrets } from './factor-options.ts';
import { createSecretCheck } from './secret-check.ts';

/** What a request may fail on. */
export type Factor = 'token' | 'header' | 'basic' | 'address';

/** What a request shows. */
export interface Credentials {
  readonly token: string;
  readonly header: (name: string) => string | undefined;
  /** The address that it came from, where it is known. */
  readonly address: string | undefined;
}

interface FactorCheck {
  readonly factor: Factor;
  readonly passes: (shown: Credentials) => boolean | Promise<boolean>;
}

/**
 * Says what a request fails on, and nothing where it may come in.
 *
 * Every factor that is asked for is checked each time, also where another has failed, so that the time of a refusal
 * does not tell its cause.
 *
 * @throws TypeError for options that would let in nobody, or anybody who guesses.
 */
export function createFactorChecks(options: FactorOptions): (shown: Credentials) => Promise<Factor[]> {
  const { callbackHeader, basicCredentials, allowedAddresses, trustedProxyHops = 0 } = options;
  const isCount = Number.isInteger(trustedProxyHops) && trustedProxyHops >= 0;
  refuse('trustedProxyHops', isCount ? undefined : 'must be how many proxies of yours stand in front.');
  const checks: readonly FactorCheck[] = [
    checkToken(options.callbackTokens),
    callbackHeader && checkHeader(callbackHeader),
    basicCredentials && checkBasic(basicCredentials),
    allowedAddresses && checkAddress(allowedAddresses),
  ].filter((check) => check !== undefined);
  return async (shown) => {
    const passed = await Promise.all(checks.map(({ passes }) => passes(shown)));
    return checks.filter((_, index) => !passed[index]).map(({ factor }) => factor);
  };
}

function checkToken(tokens: readonly string[]): FactorCheck {
  refuse('callbackTokens', problemOfSecrets(tokens));
  const isLive = createSecretCheck(tokens);
  return { factor: 'token', passes: ({ token }) => isLive(token) };
}

function checkHeader({ name, values }: NonNullable<FactorOptions['callbackHeader']>): FactorCheck {
  refuse('callbackHeader.values', problemOfSecrets(values));
  const isLive = createSecretCheck(values);
  return { factor: 'header', passes: ({ header }) => isLive(header(name) ?? '') };
}

function checkBasic(credentials: readonly string[]): FactorCheck {
  refuse('basicCredentials', problemOfCredentials(credentials));
  const isLive = createSecretCheck(credentials);
  return { factor: 'basic', passes: ({ header }) => isLive(credentialsIn(header('authorization'))) };
}

function checkAddress(allowed: readonly string[]): FactorCheck {
  const ranges = allowed.map((text) => parseAddressRange(text));
  const known: readonly AddressRange[] = ranges.filter((range) => range !== undefined);
  const isWrong = known.length === 0 || known.length < allowed.length;
  refuse('allowedAddresses', isWrong ? 'must hold addresses or blocks, such as 192.0.2.0/24.' : undefined);
  return { factor: 'address', passes: ({ address }) => isWithin(known, address) };
}

/** The whole `user:password`, because either may hold what the other is parted by. */
function credentialsIn(authorization: string | undefined): Uint8Array {
  const encoded = /^basic +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  try {
    return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function refuse(option: string, problem: string | undefined): void {
  if (problem) throw new TypeError(`${option} ${problem}`);
}
