import type { OperationId } from '@partner-ecosystem/openapi/operations';
import {
  responses,
  type Validation,
  type Validator,
  type Violation,
  webhooks,
} from '@partner-ecosystem/openapi/validators';
import { isObject, pointerNames } from '../json/json-value.ts';
import type { Derive } from '../seed/derive.ts';
import { contractBody } from './contract-body.ts';

/** The sandbox was about to break the contract: a bug of the sandbox. Only an `OverrideError` is a mistake of the test. */
export class SandboxBug extends Error {
  override readonly name: string = 'SandboxBug';
}

/**
 * Returns the body of a response that obeys the contract. A valid body is returned unchanged. A correction of the
 * contract may require properties that the sandbox does not know. The function adds these properties.
 *
 * @throws SandboxBug if the contract does not allow the status or the body for the operation.
 */
export function enforceContract(
  operationId: OperationId,
  status: number,
  body: unknown,
  derive: Derive,
): unknown {
  const { completed, validation } = checked(operationId, status, body, derive);
  assertValid(`The ${status} response of ${operationId}`, validation);
  return completed;
}

/** How a response would violate the contract, apart from properties that `enforceContract` adds. */
export function violationsOf(
  operationId: OperationId,
  status: number,
  body: unknown,
  derive: Derive,
): readonly Violation[] {
  const { validation } = checked(operationId, status, body, derive);
  return validation.ok ? [] : validation.violations;
}

function checked(operationId: OperationId, status: number, body: unknown, derive: Derive) {
  const validators: { readonly [name: string]: Validator<unknown> | undefined } = responses[operationId];
  const validator = validators[`validate${status}`];
  if (!validator)
    throw new SandboxBug(`${operationId} responded with ${status}, which the contract does not list.`);
  const validation = validator(body);
  if (validation.ok) return { completed: body, validation };
  const completed = completeFrom(contractBody(operationId, status, derive), body, validation.violations);
  return { completed, validation: validator(completed) };
}

/** Throws a `SandboxBug` if the contract does not allow the payload for the event's callback. */
export function assertCallback(event: keyof typeof webhooks, payload: unknown): void {
  assertValid(`The ${event} callback`, webhooks[event].validate(payload));
}

function assertValid(subject: string, validation: Validation<unknown>): void {
  if (validation.ok) return;
  const violations = validation.violations.map(({ pointer, expected }) => `${pointer} ${expected}`);
  throw new SandboxBug(`${subject} breaks the contract: ${violations.join('; ')}.`);
}

/** Adds the required properties that a body lacks, according to the violations, with their values from a model body. */
function completeFrom(model: unknown, body: unknown, violations: readonly Violation[]): unknown {
  return violations
    .filter(({ keyword }) => keyword === 'required')
    .reduce((completed, { pointer }) => graft(completed, model, pointerNames(pointer)), body);
}

/** Copies the value at a path of the source, if the target has every parent of the path. */
function graft(target: unknown, source: unknown, [name, ...below]: readonly string[]): unknown {
  if (name === undefined) return target ?? source;
  if (!isObject(target) || !isObject(source) || !Object.hasOwn(source, name)) return target;
  return { ...target, [name]: graft(target[name], source[name], below) };
}
