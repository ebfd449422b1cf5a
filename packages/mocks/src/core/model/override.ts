import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Change } from './change.ts';
import type { Caller } from './state.ts';

/** A call of any operation, for code that treats them alike. */
export interface AnyCall {
  readonly body: unknown;
  readonly parameters: unknown;
  readonly caller: Caller;
  readonly origin: string;
}

/** An answer that was given in the place of the machine's. */
export interface Overriding extends Change {
  readonly response: { readonly status: number; readonly body: unknown };
  /** Whether it need not hold to the contract. */
  readonly unchecked: boolean;
}

/**
 * Answers a request that is in order, in the place of the machine; or not, by giving nothing back.
 *
 * @param machine - What the machine would answer and change. Nothing changes unless it is part of the answer.
 */
export type Override = (
  operationId: OperationId,
  call: AnyCall,
  machine: () => Change & { readonly response: { readonly status: number; readonly body: unknown } },
) => Overriding | undefined;
