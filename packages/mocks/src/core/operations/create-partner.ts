import type { FieldProblem } from '../contract/explain-violations.ts';
import { nextOrdinal, type Partner, type State } from '../model/state.ts';
import { put, rows } from '../model/table.ts';
import { validationError, fail, succeed } from '../responses/operation-responses.ts';
import { objectId, passwordDigest } from '../seed/identifiers.ts';
import type { OperationHandler } from './operation-handler.ts';

export const createPartner: OperationHandler<'createPartner'> = {
  model: 'distributor',
  handle({ body }, state, env) {
    const taken = takenFields(state, body.username, body.email);
    if (taken.length > 0) return fail(validationError('distributor', taken));
    const { ordinal, state: counted } = nextOrdinal(state, 'partner');
    const id = objectId(env, `partner ${ordinal}`);
    const partner: Partner = {
      id,
      username: body.username,
      passwordDigest: passwordDigest(env, id, body.password),
      profile: {
        ...(body.email !== undefined && { email: body.email }),
        ...(body.name !== undefined && { name: body.name }),
        ...(body.mobile !== undefined && { mobile: body.mobile }),
      },
    };
    return succeed(
      { id, username: partner.username, ...partner.profile },
      { state: { ...counted, partners: put(counted.partners, id, partner) } },
    );
  },
};

function takenFields(state: State, username: string, email: string | undefined): FieldProblem[] {
  const partners = rows(state.partners);
  const problems: FieldProblem[] = [];
  if (partners.some((partner) => partner.username === username))
    problems.push({ field: 'username', code: 'uniqueness', message: 'User already exists' });
  if (email && partners.some((partner) => partner.profile.email === email))
    problems.push({ field: 'email', code: 'uniqueness', message: 'Email already exists' });
  return problems;
}
