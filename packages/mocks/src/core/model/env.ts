import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { Derive } from '../seed/derive.ts';
import type { ApiRequest, Change } from './command.ts';
import type { Duration } from './duration.ts';
import type { Caller, State } from './state.ts';

export interface Env {
  /** The present, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** Randomness that the seed fixes. */
  readonly derive: Derive;
  readonly requests: RequestMode;
  readonly dialect: DialectName;
  readonly expiredFiles: ExpiredFiles;
  /** Time between the push of a case and its status `pending`. */
  readonly pendingAfter: Duration;
  /** Responds in place of the machine. */
  readonly override?: Override;
}

export interface RequestContext {
  readonly state: State;
  readonly request: ApiRequest;
  readonly env: Env;
}

export const dialectNames = ['contract', 'framework'] as const;

/**
 * What the sandbox does where the contract leaves the behaviour open. `contract` refuses what the contract does not
 * describe. `framework` behaves as the platform's framework (LoopBack 3) with its default settings.
 */
export type DialectName = (typeof dialectNames)[number];

/** What happens to a push with an expired file. `warn`: the journal has a warning. `refuse`: the push is refused. */
export type ExpiredFiles = 'warn' | 'refuse';

export const requestModes = ['expected', 'strict', 'warn', 'off'] as const;

/**
 * What happens to requests that violate the contract: `strict` rejects them; `warn` performs them where possible and
 * records the violations in the journal; `off` performs them without a record. `expected` rejects what `strict` rejects, and
 * also requests that break a limit that we added to the contract.
 */
export type RequestMode = (typeof requestModes)[number];

/** A call of any operation, for code that treats all operations alike. */
interface AnyCall {
  readonly body: unknown;
  readonly parameters: unknown;
  readonly caller: Caller;
  readonly origin: string;
}

export interface CallResult extends Change {
  readonly response: { readonly status: number; readonly body: unknown };
}

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
