import type { OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { operations as ContractOperations } from '@partner-ecosystem/openapi/schema';
import type { parameters, requests, Validator } from '@partner-ecosystem/openapi/validators';
import type { Env } from '../model/env.ts';
import type { Partner, State } from '../model/state.ts';
import type { ErrorResponse } from '../responses/error-responses.ts';
import type { OperationResult } from '../responses/operation-result.ts';

/** How one operation is answered once its caller and its input are known to be in order. */
export interface OperationHandler<Id extends OperationId> {
  /** What the provider calls the record in question, in its refusals. */
  readonly model: string;
  /** A refusal of its own for a body that breaks the contract; without one, or where it gives none, the usual. */
  readonly refuseBody?: (body: unknown) => ErrorResponse | undefined;
  readonly handle: (call: OperationCall<Id>, state: State, env: Env) => OperationResult<SuccessBody<Id>>;
}

/** A request that holds to the contract, typed by it. */
export interface OperationCall<Id extends OperationId> {
  readonly body: Validated<Id, typeof requests>;
  readonly parameters: Validated<Id, typeof parameters>;
  readonly caller: CallerOf<(typeof operations)[Id]['security'][number]>;
  readonly origin: string;
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

type SuccessBody<Id extends OperationId> =
  ContractOperations[Id]['responses'][200]['content']['application/json'];
