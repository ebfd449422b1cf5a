import type { OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { operations as Operations } from '@partner-ecosystem/openapi/schema';
import type { parameters, requests, Validator } from '@partner-ecosystem/openapi/validators';
import type { Effect } from './command.ts';
import type { Env } from './env.ts';
import type { Refusal } from './refusals.ts';
import type { Partner, State } from './state.ts';

/** How one operation is answered once its caller and its input are known to be in order. */
export interface OperationHandler<Id extends OperationId> {
  /** What the provider calls the record in question, in its refusals. */
  readonly model: string;
  /** A refusal of its own for a body that breaks the contract; without one, or where it gives none, the usual. */
  readonly refuseBody?: (body: unknown) => Refusal | undefined;
  readonly handle: (call: Call<Id>, state: State, env: Env) => Outcome<SuccessBody<Id>>;
}

/** A request that holds to the contract, typed by it. */
export interface Call<Id extends OperationId> {
  readonly body: Validated<Id, typeof requests>;
  readonly parameters: Validated<Id, typeof parameters>;
  readonly caller: CallerOf<(typeof operations)[Id]['security'][number]>;
  readonly origin: string;
}

/** A refusal, or a success with what it changes. */
export type Outcome<Body> =
  | { readonly response: Refusal }
  | ({ readonly response: { readonly status: 200; readonly body: Body } } & Change);

export interface Change {
  readonly state?: State;
  readonly effects?: readonly Effect[];
}

/** A call of any operation, for code that treats them alike. */
export interface AnyCall {
  readonly body: unknown;
  readonly parameters: unknown;
  readonly caller: Partner | 'administrator' | 'anyone';
  readonly origin: string;
}

export function succeed<Body>(body: Body, change: Change = {}): Outcome<Body> {
  return { response: { status: 200, body }, ...change };
}

export function refuse(response: Refusal): { readonly response: Refusal } {
  return { response };
}

type Validated<Id, Validators> = Id extends keyof Validators
  ? Validators[Id] extends Validator<infer Value>
    ? Value
    : never
  : undefined;

type CallerOf<Scheme> = [Scheme] extends [never]
  ? 'anyone'
  : Scheme extends 'AdministratorToken'
    ? 'administrator'
    : Partner;

type SuccessBody<Id extends OperationId> = Operations[Id]['responses'][200]['content']['application/json'];
