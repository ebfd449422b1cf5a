import type { OperationId } from '@partner-ecosystem/openapi/operations';

/** A request as somebody might send it. */
export interface Sent {
  readonly operationId: OperationId;
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: { readonly [name: string]: string | undefined };
  readonly target?: string;
}

/** A request with one thing wrong. */
export interface Wrong extends Sent {
  /** Where the refusal must point to. */
  readonly pointer: string;
  readonly rule: string;
}
