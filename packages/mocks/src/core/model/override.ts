import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Change } from './command.ts';
import type { Caller } from './state.ts';

/** A call of any operation, for code that treats all operations alike. */
interface AnyCall {
  readonly body: unknown;
  readonly parameters: unknown;
  readonly caller: Caller;
  readonly origin: string;
}

/** A response to a call, with what the call changes. */
export interface CallResult extends Change {
  readonly response: { readonly status: number; readonly body: unknown };
}

/** A response that replaces the machine's response. */
export interface OverrideResult extends CallResult {
  /** Whether the response may break the contract. */
  readonly unchecked: boolean;
}

/**
 * Responds to a valid request in place of the machine, or returns `undefined` to let the machine respond.
 *
 * @param machine - Returns the machine's response and its changes. Only changes that the result repeats take effect.
 */
export type Override = (
  operationId: OperationId,
  call: AnyCall,
  machine: () => CallResult,
) => OverrideResult | undefined;
