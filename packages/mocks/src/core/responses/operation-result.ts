import type { Change } from '../model/command.ts';
import type { ErrorResponse } from './error-responses.ts';

/** An error response, or a success with what it changes. */
export type OperationResult<Body> =
  | Failure
  | ({ readonly response: { readonly status: 200; readonly body: Body } } & Change);

export interface Failure {
  readonly response: ErrorResponse;
}

export function succeed<Body>(body: Body, change: Change = {}): OperationResult<Body> {
  return { response: { status: 200, body }, ...change };
}

export function fail(response: ErrorResponse): Failure {
  return { response };
}
