import type { Operation } from '../contract/operation.ts';
import type { OperationInput } from '../contract/operation-types.ts';

/** What the partner logs in with. */
export type Credentials = OperationInput<'loginPartner'>;

/** A value, or a function that returns the value. The function is called each time, so the value can rotate. */
export type ValueOrFunction<T> = T | (() => T | Promise<T>);

/** Resolves to the current value of an option. */
export async function currentValue<T extends string | object>(option: ValueOrFunction<T>): Promise<T> {
  return typeof option === 'function' ? option() : option;
}

/** Provides the tokens of one security scheme. */
export interface TokenSource {
  token(): Promise<string>;
  /** Discards a rejected token, so that the next token is a new one. Missing if no other token is available. */
  discard?(token: string): void;
  /** Milliseconds in which no login will be tried because the last login failed. */
  backoffMs?(): number;
}

/** Token sources by the contract's name of their security scheme. */
export type TokenSources = ReadonlyMap<string, TokenSource>;

/** Creates the source of the administrator's token. */
export function createAdministrator(administratorToken: ValueOrFunction<string>): TokenSource {
  return {
    async token() {
      const token: unknown = await currentValue(administratorToken);
      if (isToken(token)) return token;
      throw new TypeError('administratorToken must be the raw token, without Bearer, spaces or line ends.');
    },
  };
}

/**
 * Selects the token source of an operation: the first security scheme of the contract that has a source. The partner
 * comes before the administrator. Operations without a security scheme need no source.
 *
 * @throws TypeError if none of the operation's schemes has a source.
 */
export function tokenSourceFor(
  { operationId, security }: Operation,
  sources: TokenSources,
): TokenSource | undefined {
  if (security.length === 0) return undefined;
  const usable = security.find((scheme) => sources.has(scheme));
  if (usable) return sources.get(usable);
  const option = security.includes('PartnerToken') ? 'credentials' : 'administratorToken';
  throw new TypeError(`${operationId} needs a token. Give createPartnerClient the option ${option}.`);
}

/** Whether the value can be sent as a raw token: visible characters only, so neither line ends nor `Bearer x`. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
