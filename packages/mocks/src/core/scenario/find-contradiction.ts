import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { webhooks } from '@partner-ecosystem/openapi/validators';
import { assertPolicy } from '../back-office/assert-policy.ts';
import { assertCallback, enforceContract, SandboxBug } from '../contract/enforce-contract.ts';
import { successStatus } from '../contract/success-status.ts';
import { assertFault, FaultError } from '../faults/assert-fault.ts';
import { pointerTo } from '../json/json-value.ts';
import { OptionError } from '../model/assert-options.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { EntityKind, Merchant } from '../model/state.ts';
import { callbackPayload, createdMerchant, pullDocument } from '../records/case-documents.ts';
import { linkKey } from '../records/links.ts';
import { createDerive } from '../seed/derive.ts';

/** A place in a snapshot that contradicts another place or the contract. */
export interface Contradiction {
  readonly pointer: string;
  readonly problem: string;
}

/** Finds what the schema of a snapshot cannot express: keys, references, and cases that the contract does not allow. */
export function findContradiction(snapshot: Snapshot): Contradiction | undefined {
  for (const check of [checkKeys, checkPartners, checkCases, checkCallbacks, checkRules, checkOrdinals])
    for (const contradiction of check(snapshot)) return contradiction;
  return undefined;
}

function* checkKeys({ realms, partners, merchants, callbacks, links }: Snapshot): Iterable<Contradiction> {
  if (Object.keys(realms).length === 0) yield { pointer: '/realms', problem: 'must have a realm' };
  for (const [table, rows] of Object.entries({ realms, partners, merchants, callbacks }))
    for (const [key, { id }] of Object.entries(rows))
      if (id !== key) yield { pointer: `${placeOf(table, key)}/id`, problem: 'must be the key of the row' };
  for (const [key, { distributorId, realmId }] of Object.entries(links))
    if (key !== linkKey(distributorId, realmId))
      yield { pointer: placeOf('links', key), problem: 'must have the ids of partner and realm as its key' };
}

/** With a lower ordinal, the sandbox would create an id again, and a new row would replace an old one. */
function* checkOrdinals({ ordinals, ...tables }: Snapshot): Iterable<Contradiction> {
  const counts: { readonly [Kind in EntityKind]: number } = {
    partner: Object.keys(tables.partners).length,
    token: Object.values(tables.tokens).filter(({ partnerId }) => partnerId !== undefined).length,
    link: Object.keys(tables.links).length,
    merchant: Object.keys(tables.merchants).length,
    file: Object.keys(tables.files).length,
    callback: Object.keys(tables.callbacks).length,
    fault: tables.faults.length,
  };
  for (const [kind, count] of Object.entries(counts))
    if (ordinals[kind as EntityKind] < count)
      yield { pointer: `/ordinals/${kind}`, problem: `must be ${count} or more, the number of rows` };
}

function* checkPartners(snapshot: Snapshot): Iterable<Contradiction> {
  const { administratorToken, tokens, partners, links, realms } = snapshot;
  if (!Object.hasOwn(tokens, administratorToken))
    yield { pointer: '/administratorToken', problem: 'must be one of the tokens' };
  for (const [key, { partnerId }] of Object.entries(tokens))
    if (partnerId !== undefined && !Object.hasOwn(partners, partnerId))
      yield { pointer: `${placeOf('tokens', key)}/partnerId`, problem: 'must be the id of a partner' };
  for (const [key, { distributorId, realmId, flowIds }] of Object.entries(links)) {
    if (!Object.hasOwn(partners, distributorId))
      yield { pointer: `${placeOf('links', key)}/distributorId`, problem: 'must be the id of a partner' };
    const flows = realms[realmId]?.flows.map(({ id }) => id);
    if (!flows) yield { pointer: `${placeOf('links', key)}/realmId`, problem: 'must be the id of a realm' };
    if (flowIds.some((id) => !flows?.includes(id)))
      yield { pointer: `${placeOf('links', key)}/flowIds`, problem: 'must be flows of the realm' };
  }
}

function* checkCases({ merchants, partners, scheduledDecisions }: Snapshot): Iterable<Contradiction> {
  for (const [key, merchant] of Object.entries(merchants)) {
    const place = placeOf('merchants', key);
    if (!Object.hasOwn(partners, merchant.distributorId))
      yield { pointer: `${place}/distributorId`, problem: 'must be the id of a partner' };
    yield* checkDocuments(place, merchant);
    if (merchant.previous) yield* checkDocuments(`${place}/previous`, merchant.previous);
  }
  for (const [key, { merchantId }] of Object.entries(scheduledDecisions))
    if (!Object.hasOwn(merchants, merchantId))
      yield {
        pointer: `${placeOf('scheduledDecisions', key)}/merchantId`,
        problem: 'must be the id of a case',
      };
}

/** The provider's responses and callbacks about the case must conform to the contract. */
function* checkDocuments(place: string, merchant: Merchant): Iterable<Contradiction> {
  const check = (operationId: OperationId, document: object) =>
    enforceContract(operationId, successStatus(operationId), document, derive);
  yield* problemAt(place, () => check('createMerchant', createdMerchant(merchant)));
  yield* problemAt(place, () => check('pullMerchant', pullDocument(merchant)));
  yield* problemAt(place, () => assertCallback('pending', callbackPayload(merchant)));
}

const derive = createDerive('check');

function* checkCallbacks({ callbacks, merchants }: Snapshot): Iterable<Contradiction> {
  for (const [key, { event, merchantId, payload, status, dueAt }] of Object.entries(callbacks)) {
    const place = placeOf('callbacks', key);
    if (!Object.hasOwn(merchants, merchantId))
      yield { pointer: `${place}/merchantId`, problem: 'must be the id of a case' };
    if (status === 'waiting' && dueAt === undefined)
      yield { pointer: `${place}/dueAt`, problem: 'is required while the callback waits' };
    const validation = webhooks[event].validate(payload);
    if (!validation.ok) {
      const { pointer = '', expected = '' } = validation.violations[0] ?? {};
      yield { pointer: `${place}/payload${pointer}`, problem: expected };
    }
  }
}

function* checkRules({ faults, policy }: Snapshot): Iterable<Contradiction> {
  yield* problemAt('/policy', () => assertPolicy(policy));
  const ids = new Set<string>();
  for (const [at, { id, considered: _, struck: __, expiresAt: ___, ...spec }] of faults.entries()) {
    if (ids.has(id)) yield { pointer: `/faults/${at}/id`, problem: 'must be unique' };
    ids.add(id);
    yield* problemAt(`/faults/${at}`, () => assertFault(spec));
  }
}

/** Turns the error of a check into a contradiction. */
export function* problemAt(pointer: string, check: () => void): Iterable<Contradiction> {
  try {
    check();
  } catch (error) {
    if (![FaultError, OptionError, RangeError, SandboxBug].some((kind) => error instanceof kind)) throw error;
    const { message } = error as Error; // All of these are errors.
    yield { pointer, problem: message.replace(/\.$/, '') };
  }
}

function placeOf(table: string, key: string): string {
  return pointerTo(`/${table}`, key);
}
