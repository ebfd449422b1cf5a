import { operations } from '@partner-ecosystem/openapi/operations';
import { isObject } from '../json/json-value.ts';
import { OptionError } from '../model/assert-options.ts';
import { events } from '../model/case-status.ts';
import { type Duration, durationAdvice, isDuration, millisecondsIn } from '../model/duration.ts';
import type { FaultSpec } from '../model/fault.ts';
import { callbackFaultKinds, requestFaultKinds } from './fault-kinds.ts';
import {
  type FaultParameter,
  type FaultParameters,
  faultParameters,
  orderedParameters,
} from './fault-parameters.ts';

/** A fault cannot be added. The message says why. */
export class FaultError extends OptionError {
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
  assertProperties(spec, { ...checks, kind: () => undefined, [side]: () => undefined });
  for (const [name, { required = false }] of Object.entries(parameters))
    if (required && spec[name] === undefined)
      throw new FaultError(`A fault of kind ${kind} requires ${name}.`);
  assertOrder(kind, spec);
}

function assertOrder(kind: string, spec: { readonly [name: string]: unknown }): void {
  const pair = Object.hasOwn(orderedParameters, kind) ? orderedParameters[kind] : undefined;
  if (!pair) return;
  const [shorter, longer] = [spec[pair[0]], spec[pair[1]]];
  if (isDuration(shorter) && isDuration(longer) && millisecondsIn(shorter) > millisecondsIn(longer))
    throw new FaultError(
      `A fault of kind ${kind} cannot have \`${pair[0]}\` ${shorter} and \`${pair[1]}\` ${longer}: \`${pair[0]}\` must not be longer.`,
    );
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

/** For each kind that cannot break every operation: the operations that the kind can break. */
const breakableOperations: { readonly [kind: string]: readonly string[] | undefined } = {
  'stale-read': ['pullMerchant'],
  'token-expired': operationsWithToken,
  'token-revoked': operationsWithToken,
};

/** Says what a value must be; `undefined` if the value is right. */
type Check = (value: unknown) => string | undefined;
type Checks = { readonly [name: string]: Check };

function assertProperties(spec: { readonly [name: string]: unknown }, checks: Checks): void {
  for (const [name, value] of Object.entries(spec)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check)
      throw new FaultError(
        `A fault of this kind has no property ${name}. Use: ${Object.keys(checks).join(', ')}.`,
      );
    const advice = value === undefined ? undefined : check(value);
    if (advice !== undefined)
      throw new FaultError(`Invalid value for \`${name}\` of a fault: ${JSON.stringify(value)}. ${advice}`);
  }
}

function isCount(value: unknown, min = 1, max = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
}

const unless = (isValid: boolean, advice: string) => (isValid ? undefined : advice);

const count =
  (max?: number): Check =>
  (value) =>
    unless(isCount(value, 1, max), `Use a whole number from 1 ${max === undefined ? 'on' : `to ${max}`}.`);

const duration =
  (max?: Duration): Check =>
  (value) => {
    if (!isDuration(value)) return durationAdvice(value);
    if (max === undefined) return undefined;
    return unless(millisecondsIn(value) <= millisecondsIn(max), `Use ${max} or less.`);
  };

const occurrence: Checks = {
  times: count(),
  rate: (value) => unless(typeof value === 'number' && value >= 0 && value <= 1, 'Use a number from 0 to 1.'),
  ttl: duration(),
};

function checksOf(parameters: FaultParameters): Checks {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, checkOf(parameter)]),
  );
}

function checkOf(parameter: FaultParameter): Check {
  switch (parameter.type) {
    case 'count':
      return count(parameter.max);
    case 'error-status':
      return (value) => unless(isCount(value, 400, 599), 'Use a status from 400 to 599.');
    case 'duration':
      return duration(parameter.max);
    case 'pointer':
      return (value) =>
        unless(
          typeof value === 'string' && (value === '' || value.startsWith('/')),
          `Use a JSON pointer, such as ${parameter.example}.`,
        );
    case 'choice':
      return (value) =>
        unless(
          parameter.options.some((option) => option === value),
          `Use one of: ${parameter.options.join(', ')}.`,
        );
  }
}
