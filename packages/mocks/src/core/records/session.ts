import { type ApiRequest, headerOf } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Caller, State } from '../model/state.ts';
import { find, without } from '../model/table.ts';

/** Who sent a request, according to its token. `scheme` names the security scheme of the contract. */
export type Session =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'expired'; readonly state: State }
  | { readonly kind: 'known'; readonly scheme: string; readonly token: string; readonly caller: Caller };

export const anonymous: Session = { kind: 'anonymous' };

/**
 * Looks up the token of a request. The token is compared as it is, so `Bearer …` is an unknown token. An expired token
 * is reported once and then forgotten.
 */
export function resolveSession(state: State, request: ApiRequest, env: Env): Session {
  const inQuery = request.query.find(([name]) => name === 'access_token')?.[1];
  const inHeader = env.dialect === 'framework' ? headerOf(request, 'x-access-token') : undefined;
  const id = inQuery || inHeader || request.authorization || '';
  const token = find(state.tokens, id);
  if (!token) return anonymous;
  if (token.expiresAt !== undefined && token.expiresAt <= env.now)
    return { kind: 'expired', state: { ...state, tokens: without(state.tokens, id) } };
  const partner = token.partnerId === undefined ? undefined : find(state.partners, token.partnerId);
  const caller = partner ?? 'administrator';
  return {
    kind: 'known',
    scheme: schemeOf(caller, inQuery !== undefined && inQuery !== ''),
    token: id,
    caller,
  };
}

/** The contract lets only a partner send its token in the query. */
function schemeOf(caller: Caller, isInQuery: boolean): string {
  if (caller === 'administrator') return isInQuery ? 'none' : 'AdministratorToken';
  return isInQuery ? 'AccessTokenQuery' : 'PartnerToken';
}

/** Returns the caller, if one of the operation's security schemes admits the session. */
export function authorize(session: Session, security: readonly string[]): Caller | undefined {
  if (security.length === 0) return 'anyone';
  return session.kind === 'known' && security.includes(session.scheme) ? session.caller : undefined;
}
