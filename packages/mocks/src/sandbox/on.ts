import type { OperationId, operations } from '@partner-ecosystem/openapi/operations';
import type { operations as ContractOperations } from '@partner-ecosystem/openapi/schema';
import type { OperationCall } from '../core/operations/operation-handler.ts';

/** The statuses that the contract lists for an operation. */
export type StatusOf<Id extends OperationId> = keyof ContractOperations[Id]['responses'] & number;

type SuccessOf<Id extends OperationId> = (typeof operations)[Id]['success'][number] & StatusOf<Id>;

/** The JSON body of an operation's response with this status. */
export type BodyOf<
  Id extends OperationId,
  Status extends StatusOf<Id>,
> = ContractOperations[Id]['responses'][Status] extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : never;

/** A response that the contract allows for an operation. */
export type OperationResponse<Id extends OperationId> = {
  [Status in StatusOf<Id>]: { readonly status: Status; readonly body: BodyOf<Id, Status> };
}[StatusOf<Id>];

/** The sandbox's own response, which an override can change. */
export type MachineResponse<Id extends OperationId> = OperationResponse<Id> & {
  /** Returns the same response with other top-level properties in its body. */
  readonly patch: (properties: Partial<BodyOf<Id, SuccessOf<Id>>>) => OperationResponse<Id>;
};

/** What an override handler receives. */
export interface OverrideContext<Id extends OperationId> {
  /** The valid request, with its caller. */
  readonly request: OperationCall<Id>;
  /** Lets the sandbox perform the operation, with its changes. Every call returns the same response. */
  readonly next: () => MachineResponse<Id>;
  /** Creates a response. Without a body, the response has the contract's body for the status. */
  readonly respond: <Status extends StatusOf<Id>>(
    status: Status,
    body?: BodyOf<Id, Status>,
  ) => OperationResponse<Id>;
}

/** Responds in place of the sandbox. */
export type OverrideHandler<Id extends OperationId> = (context: OverrideContext<Id>) => OperationResponse<Id>;

export interface OverrideOptions {
  /**
   * Number of calls that the override responds to.
   * @default Infinity
   */
  readonly times?: number;
}

/** What `on` returns without a handler: ready-made handlers. */
export interface OverrideShortcuts<Id extends OperationId> {
  /** Responds with a status. Without a body, the response has the contract's body for the status. */
  readonly respond: <Status extends StatusOf<Id>>(
    status: Status,
    body?: BodyOf<Id, Status>,
  ) => RemoveOverride;
  /**
   * Responds with any status from 200 to 599 and any JSON, even if the contract does not allow them.
   *
   * @throws OptionError for a response that one of the transports could not send.
   */
  readonly respondUnchecked: (status: number, body?: unknown) => RemoveOverride;
}

/** Removes the override. */
export type RemoveOverride = () => void;

/**
 * Overrides the response of an operation to valid requests. The newest override takes precedence.
 *
 * @example
 * ```ts
 * sandbox.on('createMerchant', { times: 1 }, ({ next }) => next().patch({ status: 'draft' }));
 * sandbox.on('pullMerchant').respond(404);
 * ```
 */
export interface On {
  <Id extends OperationId>(operationId: Id, handler: OverrideHandler<Id>): RemoveOverride;
  <Id extends OperationId>(
    operationId: Id,
    options: OverrideOptions,
    handler: OverrideHandler<Id>,
  ): RemoveOverride;
  <Id extends OperationId>(operationId: Id, options?: OverrideOptions): OverrideShortcuts<Id>;
}
