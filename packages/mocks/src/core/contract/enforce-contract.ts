import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { responses, type Validation, type Validator, webhooks } from '@partner-ecosystem/openapi/validators';
import type { Derive } from '../seed/derive.ts';
import { completeFrom } from './complete-from.ts';
import { contractBody } from './contract-body.ts';

/** The sandbox was about to say something that the contract does not allow: a bug of the sandbox, never the caller's. */
export class SandboxBug extends Error {
  override readonly name: string = 'SandboxBug';
}

/**
 * A response as the contract has it: as it is, or completed by members that the contract requires and the sandbox
 * knows nothing of, because an integrator has corrected the contract by some.
 *
 * @throws SandboxBug if the operation may not answer with that status or that body.
 */
export function enforceContract(
  operationId: OperationId,
  status: number,
  body: unknown,
  derive: Derive,
): unknown {
  const validators: { readonly [name: string]: Validator<unknown> | undefined } = responses[operationId];
  const validator = validators[`validate${status}`];
  if (!validator)
    throw new SandboxBug(`${operationId} answered ${status}, which the contract does not list.`);
  const validation = validator(body);
  if (validation.ok) return body;
  const completed = completeFrom(contractBody(operationId, status, derive), body, validation.violations);
  hold(`The ${status} response of ${operationId}`, validator(completed));
  return completed;
}

/** Throws a `SandboxBug` if the callback of an event may not look like that. */
export function assertCallback(event: keyof typeof webhooks, payload: unknown): void {
  hold(`The ${event} callback`, webhooks[event].validate(payload));
}

function hold(subject: string, validation: Validation<unknown>): void {
  if (validation.ok) return;
  const violations = validation.violations.map(({ pointer, expected }) => `${pointer} ${expected}`);
  throw new SandboxBug(`${subject} breaks the contract: ${violations.join('; ')}.`);
}
