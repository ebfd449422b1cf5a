import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { operations as ContractOperations } from '@partner-ecosystem/openapi/schema';
import type { OperationCall } from '../core/operations/operation-handler.ts';

/** The statuses that the contract lists for an operation. */
export type StatusOf<Id extends OperationId> = keyof ContractOperations[Id]['responses'] & number;

/** The JSON body of an operation's response with that status. */
export type BodyOf<
  Id extends OperationId,
  Status extends StatusOf<Id>,
> = ContractOperations[Id]['responses'][Status] extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : never;

/** An answer of an operation, as the contract has it. */
export type OperationResponse<Id extends OperationId> = {
  [Status in StatusOf<Id>]: { readonly status: Status; readonly body: BodyOf<Id, Status> };
}[StatusOf<Id>];

/** An answer of the machine's, which can be mended. */
export type MachineResponse<Id extends OperationId> = OperationResponse<Id> & {
  /** The same answer with other members at the top of its body. */
  readonly patch: (members: Partial<BodyOf<Id, 200 & StatusOf<Id>>>) => OperationResponse<Id>;
};

/** What an override is given to answer with. */
export interface OverrideContext<Id extends OperationId> {
  /** The request, which holds to the contract, with its caller. */
  readonly request: OperationCall<Id>;
  /** Lets the machine answer and change what it changes; the same answer whenever it is asked. */
  readonly next: () => MachineResponse<Id>;
  /** An answer with the body that the contract has for it, or another one. */
  readonly respond: <Status extends StatusOf<Id>>(
    status: Status,
    body?: BodyOf<Id, Status>,
  ) => OperationResponse<Id>;
}

/** Answers in the place of the machine. */
export type OverrideHandler<Id extends OperationId> = (
  overridden: OverrideContext<Id>,
) => OperationResponse<Id>;

/** How often an override answers. */
export interface OverrideOptions {
  /** @default for good */
  readonly times?: number;
}

/** What `on` without a handler gives: ready-made handlers. */
export interface OverrideShortcuts<Id extends OperationId> {
  /** Answers with that status, with the body that the contract has for it or another one. */
  readonly respond: <Status extends StatusOf<Id>>(
    status: Status,
    body?: BodyOf<Id, Status>,
  ) => RemoveOverride;
  /** Answers with whatever it is, which need not hold to the contract. */
  readonly respondUnchecked: (status: number, body: unknown) => RemoveOverride;
}

/** Takes an override away again. */
export type RemoveOverride = () => void;

/**
 * Has an operation answered by yourself, once its request is known to be in order. The newest override goes first.
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
