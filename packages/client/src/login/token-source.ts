import type { Operation } from '../contract/operation.ts';

/** Where the tokens of one security scheme come from. */
export interface TokenSource {
  token(): Promise<string>;
  /** Forgets a token that was refused, so that the next is a new one. Missing where there is no other to get. */
  discard?(token: string): void;
  /** How many milliseconds no login will be tried, because the last one failed. */
  restsMs?(): number;
}

/** The sources at hand, by the contract's name of their security scheme. */
export type TokenSources = ReadonlyMap<string, TokenSource>;

/**
 * Whose token an operation is sent with: of the schemes that the contract allows, the first that there is a source
 * for, and that is the partner before the administrator. Nobody's where the contract asks for none.
 *
 * @throws TypeError if there is no source for any of them.
 */
export function tokenSourceFor(
  { operationId, security }: Operation,
  sources: TokenSources,
): TokenSource | undefined {
  if (security.length === 0) return undefined;
  for (const scheme of security) {
    const source = sources.get(scheme);
    if (source) return source;
  }
  const option = security.includes('PartnerToken') ? 'credentials' : 'administratorToken';
  throw new TypeError(`${operationId} needs a token. Give createPartnerClient the option ${option}.`);
}

/** Whether it can travel as a raw token: visible characters only, so neither a line end nor `Bearer x`. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
