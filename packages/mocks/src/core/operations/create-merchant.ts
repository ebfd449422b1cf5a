import { type Classified, responses, webhooks } from '@partner-ecosystem/openapi/classification';
import type { FieldProblem } from '../contract/explain-violations.ts';
import { successStatus } from '../contract/success-status.ts';
import { type Merchant, nextOrdinal } from '../model/state.ts';
import { put } from '../model/table.ts';
import { createdMerchant } from '../records/case-documents.ts';
import { usableFlow } from '../records/links.ts';
import {
  authorizationRequired,
  type ErrorResponse,
  fail,
  realmRequired,
  succeed,
  validationError,
} from '../responses/operation-responses.ts';
import { objectId } from '../seed/identifiers.ts';
import type { OperationHandler } from './operation-handler.ts';

export const createMerchant: OperationHandler<'createMerchant'> = {
  model: 'merchant',
  bodyError: realmError,
  handle({ body, caller }, state, env) {
    const error = realmError(body);
    if (error) return fail(error);
    const {
      realmId: _,
      realm: realmName,
      flowId: __,
      name,
      email,
      mobile,
      signzyAppId,
      ...customFields
    } = body;
    const usable = usableFlow(state, caller.id, body);
    if (!usable) return fail(authorizationRequired);
    const { realm, flow } = usable;
    const problems = [...nameProblems(realm.name, realmName), ...reservedNames(customFields)];
    if (problems.length > 0) return fail(validationError('merchant', problems));

    const { ordinal, state: counted } = nextOrdinal(state, 'merchant');
    const merchant: Merchant = {
      id: objectId(env, `merchant ${ordinal}`),
      distributorId: caller.id,
      username: env.derive(`username ${ordinal}`).slice(0, 8),
      realm: { id: realm.id, name: realm.name },
      flow: { id: flow.id, name: flow.name, type: flow.type },
      customer: { name, email, mobile, signzyAppId },
      customFields,
      autoLoginSecret: env.derive(`auto-login ${ordinal}`),
      createdAt: env.now,
      status: 'new',
      items: [],
    };
    const merchants = put(counted.merchants, merchant.id, merchant);
    return succeed(createdMerchant(merchant), { state: { ...counted, merchants } });
  },
};

/**
 * The framework asks for the realm before it checks anything else. The framework treats an empty realm as a missing
 * realm.
 */
function realmError(body: unknown): ErrorResponse | undefined {
  const { realm } = Object(body) as { readonly [name: string]: unknown };
  return realm === undefined || realm === null || realm === '' ? realmRequired : undefined;
}

function nameProblems(expected: string, given: string): FieldProblem[] {
  if (given === expected) return [];
  return [{ field: 'realm', code: 'inclusion', message: 'is not the name of the realm with this realmId' }];
}

/** The realm's own fields cannot have the name of a field that the platform fills. */
function reservedNames(customFields: object): FieldProblem[] {
  return Object.keys(customFields)
    .filter((name) => platformFields.has(name))
    .map((field) => ({ field, code: 'exclusion', message: 'is reserved' }));
}

const pulled = responses.pullMerchant[successStatus('pullMerchant')];
const platformFields = new Set(
  [
    responses.createMerchant[successStatus('createMerchant')],
    propertyOf(webhooks.accept, 'merchantData'),
    propertyOf(propertyOf(propertyOf(pulled, 'result'), 'merchantData'), 'basicDetails'),
  ].flatMap((classified) =>
    classified && 'properties' in classified ? Object.keys(classified.properties) : [],
  ),
);

function propertyOf(classified: Classified | undefined, name: string): Classified | undefined {
  return classified && 'properties' in classified ? classified.properties[name] : undefined;
}
