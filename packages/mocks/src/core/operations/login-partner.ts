import type { Env } from '../model/env.ts';
import { nextOrdinal, type State } from '../model/state.ts';
import { find, put, rows } from '../model/table.ts';
import {
  type ErrorResponse,
  invalidRealm,
  invalidUsername,
  loginFailed,
  usernameRequired,
  fail,
  succeed,
} from '../responses/operation-responses.ts';
import { accessToken, passwordDigest } from '../seed/identifiers.ts';
import type { OperationHandler } from './operation-handler.ts';

const tokenLifetimeSeconds = 1_209_600;

export const loginPartner: OperationHandler<'loginPartner'> = {
  model: 'distributor',
  bodyError: credentialError,
  handle({ body }, state, env) {
    const partner = rows(state.partners).find(({ username }) => username === body.username);
    if (!partner || partner.passwordDigest !== passwordDigest(env, partner.id, body.password))
      return fail(loginFailed);
    if (body.realm && !rows(state.realms).some(({ name }) => name === body.realm)) return fail(loginFailed);
    const { id, state: next } = issueToken(state, partner.id, env);
    const created = new Date(env.now).toISOString();
    return succeed(
      { id, ttl: tokenLifetimeSeconds, created, userId: partner.id, data: profileOf(state, partner.id) },
      { state: next },
    );
  },
};

/** The framework checks the type of the user name and the realm first. A password of a wrong type is just wrong. */
function credentialError(body: unknown): ErrorResponse {
  const { username, realm } = Object(body) as { readonly [name: string]: unknown };
  if (username === undefined || username === null || username === '') return usernameRequired;
  if (typeof username !== 'string') return invalidUsername;
  if (realm !== undefined && typeof realm !== 'string') return invalidRealm;
  return loginFailed;
}

function issueToken(
  state: State,
  partnerId: string,
  env: Env,
): { readonly id: string; readonly state: State } {
  const { ordinal, state: counted } = nextOrdinal(state, 'token');
  const id = accessToken(env, `partner ${ordinal}`);
  const token = { partnerId, expiresAt: env.now + tokenLifetimeSeconds * 1000 };
  return { id, state: { ...counted, tokens: put(counted.tokens, id, token) } };
}

/** Returns the realm that the partner is linked to, if there is one. */
function profileOf(state: State, partnerId: string): { realm?: string; applicationId?: string } {
  const link = rows(state.links).find(({ distributorId }) => distributorId === partnerId);
  const realm = link && find(state.realms, link.realmId);
  return realm ? { realm: realm.name, applicationId: realm.id } : {};
}
