import type { Change } from '../model/change.ts';
import type { ErrorResponse } from './error-responses.ts';

/** A refusal, or a success with what it changes. */
export type OperationResult<Body> =
  | { readonly response: ErrorResponse }
  | ({ readonly response: { readonly status: 200; readonly body: Body } } & Change);

export function succeed<Body>(body: Body, change: Change = {}): OperationResult<Body> {
  return { response: { status: 200, body }, ...change };
}

export function refuse(response: ErrorResponse): { readonly response: ErrorResponse } {
  return { response };
}
