import type { Change } from '../model/change.ts';
import type { Refusal } from './error-responses.ts';

/** A refusal, or a success with what it changes. */
export type Outcome<Body> =
  | { readonly response: Refusal }
  | ({ readonly response: { readonly status: 200; readonly body: Body } } & Change);

export function succeed<Body>(body: Body, change: Change = {}): Outcome<Body> {
  return { response: { status: 200, body }, ...change };
}

export function refuse(response: Refusal): { readonly response: Refusal } {
  return { response };
}
