import { operations } from '@partner-ecosystem/openapi/operations';
import { isObject } from '../json/json-value.ts';
import { events } from '../model/case-status.ts';
import { type Duration, millisecondsIn } from '../model/duration.ts';
import type { FaultSpec } from '../model/fault.ts';
import { callbackFaultKinds, requestFaultKinds } from './fault-kinds.ts';
import { type FaultParameter, type FaultParameters, faultParameters } from './fault-parameters.ts';

/** A fault cannot be added. The message says why. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

/**
 * Checks a fault at run time: it may come from an untyped test or from the control API.
 *
 * @throws FaultError that says what is wrong.
 */
export function assertFault(spec: unknown): asserts spec is FaultSpec {
  if (!isObject(spec)) throw new FaultError('A fault must be an object.');
  const { kind } = spec;
  const side = sideOf(spec);
  const known = Object.keys(side === 'operation' ? requestFaultKinds : callbackFaultKinds);
  if (typeof kind !== 'string' || !known.includes(kind))
    throw unknown(`kind of fault of ${side === 'operation' ? 'an operation' : 'a callback'}`, kind, known);
  assertTarget(side, kind, spec[side]);
  const parameters = faultParameters[kind] ?? {};
  const checks = { ...occurrence, ...checksOf(parameters) };
  assertProperties(spec, { ...checks, kind: () => true, [side]: () => true });
  for (const [name, { required = false }] of Object.entries(parameters))
    if (required && spec[name] === undefined)
      throw new FaultError(`A fault of kind ${kind} requires ${name}.`);
}

function unknown(subject: string, given: unknown, known: readonly string[]): FaultError {
  return new FaultError(`Unknown ${subject}: ${JSON.stringify(given)}. Use one of: ${known.join(', ')}.`);
}

type Side = 'operation' | 'callback';

function sideOf(spec: { readonly [name: string]: unknown }): Side {
  const sides = (['operation', 'callback'] as const).filter((side) => spec[side] !== undefined);
  if (sides.length === 1 && sides[0]) return sides[0];
  throw new FaultError("A fault requires either operation or callback: a name, or '*' for all of them.");
}

function assertTarget(side: Side, kind: string, target: unknown): void {
  const possible: readonly string[] = side === 'operation' ? Object.keys(operations) : events;
  if (target === '*') return;
  if (typeof target !== 'string' || !possible.includes(target))
    throw unknown(side, target, ['*', ...possible]);
  const breakable = breakableOperations[kind];
  if (side === 'operation' && breakable && !breakable.includes(target))
    throw new FaultError(
      `A fault of kind ${kind} cannot break ${target}. Use one of: ${breakable.join(', ')}.`,
    );
}

const operationsWithToken = Object.values(operations)
  .filter(({ security }) => security.some((scheme) => scheme === 'PartnerToken'))
  .map(({ operationId }) => operationId);

/** The operations that a kind can break, if it cannot break all of them. */
const breakableOperations: { readonly [kind: string]: readonly string[] | undefined } = {
  'stale-read': ['pullMerchant'],
  'token-expired': operationsWithToken,
  'token-revoked': operationsWithToken,
};

type Check = (value: unknown) => boolean;
type Checks = { readonly [name: string]: Check };

function assertProperties(spec: { readonly [name: string]: unknown }, checks: Checks): void {
  for (const [name, value] of Object.entries(spec)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check)
      throw new FaultError(
        `A fault of this kind has no property ${name}. Use: ${Object.keys(checks).join(', ')}.`,
      );
    if (value !== undefined && !check(value))
      throw new FaultError(`Invalid value for ${name} of a fault: ${JSON.stringify(value)}.`);
  }
}

const isCount: Check = (value) => Number.isInteger(value) && Number(value) >= 1;
const isErrorStatus: Check = (value) => isCount(value) && Number(value) >= 400 && Number(value) <= 599;
const isPointer: Check = (value) => typeof value === 'string' && (value === '' || value.startsWith('/'));
const isDuration: Check = (value) => {
  try {
    millisecondsIn(value as Duration); // Throws for every value that is not a duration.
    return true;
  } catch {
    return false;
  }
};

const occurrence: Checks = {
  times: isCount,
  rate: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  ttl: isDuration,
};

function checksOf(parameters: FaultParameters): Checks {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, checkOf(parameter)]),
  );
}

function checkOf(parameter: FaultParameter): Check {
  switch (parameter.type) {
    case 'count':
      return (value) => isCount(value) && Number(value) <= (parameter.max ?? Number.POSITIVE_INFINITY);
    case 'error-status':
      return isErrorStatus;
    case 'duration':
      return isDuration;
    case 'pointer':
      return isPointer;
    case 'choice':
      return (value) => parameter.options.some((option) => option === value);
  }
}
