import type { OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { operations as ContractOperations } from '@partner-ecosystem/openapi/schema';
import type { known, Validator } from '@partner-ecosystem/openapi/validators';
import type { Env } from '../model/env.ts';
import type { Partner, State } from '../model/state.ts';
import type { ErrorResponse, OperationResult } from '../responses/operation-responses.ts';

export interface OperationHandler<Id extends OperationId> {
  /** The provider's name of the record, for its error responses. */
  readonly model: string;
  /** The operation's own error response to an invalid body. `undefined` for the general error response. */
  readonly bodyError?: (body: unknown) => ErrorResponse | undefined;
  /** Performs a valid call of an authorized caller. */
  readonly handle: (call: OperationCall<Id>, state: State, env: Env) => OperationResult<SuccessBody<Id>>;
}

/** A request that the contract allows, typed by the contract. */
export interface OperationCall<Id extends OperationId> {
  /** A value whose type no page of Signzy documents may have another type. Parameters may also have another type. */
  readonly body: Validated<Id, typeof known.requests>;
  readonly parameters: Validated<Id, typeof known.parameters>;
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
  ContractOperations[Id]['responses'][(typeof operations)[Id]['success'][number] &
    keyof ContractOperations[Id]['responses']] extends { content: { 'application/json': infer Body } }
    ? Body
    : never;
