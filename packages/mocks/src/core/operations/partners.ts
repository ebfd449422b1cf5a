import { tokenLifetimePlace, tokenPlace } from '@partner-ecosystem/openapi/operations';
import type { components } from '@partner-ecosystem/openapi/schema';
import type { FieldProblem } from '../contract/explain-violations.ts';
import { withValueAt } from '../json/with-value-at.ts';
import { timeAfter } from '../model/duration.ts';
import { nextOrdinal, type Partner, type State } from '../model/state.ts';
import { find, put, rows } from '../model/table.ts';
import {
  type ErrorResponse,
  fail,
  invalidRealm,
  invalidUsername,
  loginFailed,
  succeed,
  usernameRequired,
  validationError,
} from '../responses/operation-responses.ts';
import { accessToken, objectId, passwordDigest } from '../seed/identifiers.ts';
import type { OperationHandler } from './operation-handler.ts';

export const createPartner: OperationHandler<'createPartner'> = {
  model: 'distributor',
  handle({ body }, state, env) {
    const { username, password, email, name, mobile } = withTexts(body);
    const taken = takenFields(state, username, email);
    if (taken.length > 0) return fail(validationError('distributor', taken));
    const { ordinal, state: counted } = nextOrdinal(state, 'partner');
    const id = objectId(env, `partner ${ordinal}`);
    const partner: Partner = {
      id,
      // Without a user name or a password, nobody can log in.
      username: username ?? '',
      passwordDigest: password ? passwordDigest(id, password) : '',
      profile: {
        ...(email !== undefined && { email }),
        ...(name !== undefined && { name }),
        ...(mobile !== undefined && { mobile }),
      },
    };
    return succeed(
      { id, ...(username !== undefined && { username }), ...partner.profile },
      { state: { ...counted, partners: put(counted.partners, id, partner) } },
    );
  },
};

/** The framework stores a number or a boolean in a text field as text. */
function withTexts<Body extends object>(body: Body): Body {
  const isScalar = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';
  const fields = Object.entries(body).map(([name, value]) => [name, isScalar(value) ? `${value}` : value]);
  return Object.fromEntries(fields) as Body; // The contract expects text in each of these fields.
}

const tokenLifetimeSeconds = 1_209_600;
const maxTokenLifetimeSeconds = 31_556_926;

export const loginPartner: OperationHandler<'loginPartner'> = {
  model: 'distributor',
  // A password of a wrong type gets the response to a wrong password.
  bodyError: (body) => credentialError(body) ?? loginFailed,
  handle({ body }, state, env) {
    const error = credentialError(body);
    if (error) return fail(error);
    const { username: given, email }: Partial<typeof body> = body;
    const partner = rows(state.partners).find(({ username, profile }) =>
      given ? username === given : profile.email === email,
    );
    if (!partner || partner.passwordDigest !== passwordDigest(partner.id, body.password))
      return fail(loginFailed);
    if (body.realm && !rows(state.realms).some(({ name }) => name === body.realm)) return fail(loginFailed);
    const { ordinal, state: counted } = nextOrdinal(state, 'token');
    const id = accessToken(env, `partner ${ordinal}`);
    const ttl = tokenLifetime(body);
    const token = { partnerId: partner.id, expiresAt: timeAfter(env.now, ttl * 1000) };
    const created = new Date(env.now).toISOString();
    const owner = { created, userId: partner.id, data: profileOf(state, partner.id) };
    const withToken = (login: object) =>
      withValueAt(withValueAt(login, tokenPlace, id), tokenLifetimePlace, ttl);
    return succeed(
      // The token comes first. A correction can change the token's place, so the compiler cannot know the type.
      withToken({ ...withToken({}), ...owner }) as components['schemas']['PartnerLogin'],
      { state: { ...counted, tokens: put(counted.tokens, id, token) } },
    );
  },
};

/** The framework lets a login ask for a lifetime in seconds, up to a year. */
function tokenLifetime(login: object): number {
  const { ttl } = login as { readonly ttl?: unknown };
  return Number.isInteger(ttl) && Number(ttl) > 0
    ? Math.min(Number(ttl), maxTokenLifetimeSeconds)
    : tokenLifetimeSeconds;
}

/** The framework checks the type of the user name and the realm first. */
function credentialError(body: unknown): ErrorResponse | undefined {
  const { username, email, realm } = Object(body) as { readonly [name: string]: unknown };
  if (!username && !email) return usernameRequired;
  if (username && typeof username !== 'string') return invalidUsername;
  if (realm !== undefined && typeof realm !== 'string') return invalidRealm;
  return undefined;
}

function takenFields(state: State, username: string | undefined, email: string | undefined): FieldProblem[] {
  const partners = rows(state.partners);
  const problems: FieldProblem[] = [];
  if (username && partners.some((partner) => partner.username === username))
    problems.push({ field: 'username', code: 'uniqueness', message: 'User already exists' });
  if (email && partners.some((partner) => partner.profile.email === email))
    problems.push({ field: 'email', code: 'uniqueness', message: 'Email already exists' });
  return problems;
}

/** Returns the realm that the partner is linked to, if there is one. */
function profileOf(state: State, partnerId: string): { realm?: string; applicationId?: string } {
  const link = rows(state.links).find(({ distributorId }) => distributorId === partnerId);
  const realm = link && find(state.realms, link.realmId);
  return realm ? { realm: realm.name, applicationId: realm.id } : {};
}
