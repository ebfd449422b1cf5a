import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { responses, type Validation, type Validator, webhooks } from '@partner-ecosystem/openapi/validators';
import type { Event } from './state.ts';

/** The sandbox was about to say something that the contract does not allow: a bug of the sandbox, never the caller's. */
export class SandboxBug extends Error {
  override readonly name = 'SandboxBug';
}

/** Throws a `SandboxBug` if an operation may not answer with that status or that body. */
export function holdResponse(operationId: OperationId, status: number, body: unknown): void {
  const validators: { readonly [name: string]: Validator<unknown> | undefined } = responses[operationId];
  const validator = validators[`validate${status}`];
  if (!validator)
    throw new SandboxBug(`${operationId} answered ${status}, which the contract does not list.`);
  hold(`The ${status} response of ${operationId}`, validator(body));
}

/** Throws a `SandboxBug` if the callback of an event may not look like that. */
export function holdCallback(event: Event, payload: unknown): void {
  hold(`The ${event} callback`, webhooks[event].validate(payload));
}

function hold(subject: string, validation: Validation<unknown>): void {
  if (validation.ok) return;
  const violations = validation.violations.map(({ pointer, expected }) => `${pointer} ${expected}`);
  throw new SandboxBug(`${subject} breaks the contract: ${violations.join('; ')}.`);
}
