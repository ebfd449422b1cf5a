import type { Operation } from '../contract/operation.ts';
import type { OperationInput } from '../contract/operation-types.ts';
import type { CallInfo } from '../errors/partner-error.ts';
import { type AttemptLimits, withTimeLimit } from '../timing/with-time-limit.ts';

/** What the partner logs in with. */
export type Credentials = OperationInput<'loginPartner'>;

/** A login is the first attempt of a call of its own. */
export const loginCall: CallInfo = { operationId: 'loginPartner', attempts: 1 };

/** A value, or a function that returns the value. The function is called each time, so the value can rotate. */
export type ValueOrFunction<T> = T | (() => T | Promise<T>);

/**
 * Resolves to the current value of an option, or to the content of a request.
 *
 * @throws TimeoutError if its function takes longer than the call allows.
 */
export function currentValue<T extends string | Credentials | ArrayBuffer | undefined>(
  option: ValueOrFunction<T>,
  call: CallInfo,
  limits: AttemptLimits,
): T | Promise<T> {
  return typeof option === 'function' ? withTimeLimit(limits, call, async () => option()) : option;
}

/** Provides the tokens of one security scheme. */
export interface TokenSource {
  /** @throws TimeoutError if the token is not there in time. */
  token(call: CallInfo, limits: AttemptLimits): Promise<string>;
  /**
   * Discards a rejected token, so that the next token is a different token. Missing if no other token is available.
   *
   * @param discards - How many tokens the call has discarded before.
   * @returns Whether the call may go on with another token.
   */
  discard?(token: string, discards: number): boolean;
  /** Milliseconds in which no login will be tried because the last login failed. */
  retryAfterMs?(): number;
}

/** Token sources by the contract's name of their security scheme. */
export interface TokenSources {
  readonly [scheme: string]: TokenSource | undefined;
}

/**
 * Creates the source of the administrator's token.
 *
 * @throws TypeError if the token cannot be sent.
 */
export function createAdministrator(administratorToken: ValueOrFunction<string>): TokenSource {
  if (typeof administratorToken !== 'function') assertToken(administratorToken);
  return {
    token: async (...attempt) => assertToken(await currentValue(administratorToken, ...attempt)),
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
  for (const scheme of security) if (sources[scheme]) return sources[scheme];
  const [scheme] = security;
  if (!scheme) return undefined;
  const option = scheme === 'PartnerToken' ? 'credentials' : 'administratorToken';
  throw new TypeError(`${operationId} needs the option ${option}.`);
}

/** Whether the value can be sent as a raw token: visible characters only, so neither line ends nor `Bearer x`. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

function assertToken(token: unknown): string {
  if (isToken(token)) return token;
  throw new TypeError('administratorToken must be the raw token, without Bearer.');
}
