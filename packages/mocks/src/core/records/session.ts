import type { ApiRequest } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { Caller, State } from '../model/state.ts';
import { find, without } from '../model/table.ts';

/** Whose token came along, and how. */
export type Session =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'expired'; readonly state: State }
  | { readonly kind: 'known'; readonly scheme: string; readonly token: string; readonly caller: Caller };

/**
 * Looks up the token of a request. It is taken as it stands, so `Bearer …` is an unknown token. An expired one is
 * reported once and then forgotten.
 */
export function resolveSession(state: State, request: ApiRequest, env: Env): Session {
  const inQuery = request.query.find(([name]) => name === 'access_token')?.[1];
  const id = inQuery || request.authorization || '';
  const token = find(state.tokens, id);
  if (!token) return { kind: 'anonymous' };
  if (token.expiresAt !== undefined && token.expiresAt <= env.now)
    return { kind: 'expired', state: { ...state, tokens: without(state.tokens, id) } };
  const partner = token.partnerId === undefined ? undefined : find(state.partners, token.partnerId);
  if (partner)
    return {
      kind: 'known',
      scheme: inQuery ? 'AccessTokenQuery' : 'PartnerToken',
      token: id,
      caller: partner,
    };
  return {
    kind: 'known',
    scheme: inQuery ? 'none' : 'AdministratorToken',
    token: id,
    caller: 'administrator',
  };
}

/** Who calls, if one of the operation's security schemes lets them. */
export function authorize(session: Session, security: readonly string[]): Caller | undefined {
  if (security.length === 0) return 'anyone';
  return session.kind === 'known' && security.includes(session.scheme) ? session.caller : undefined;
}
