import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { OperationShape } from '@partner-ecosystem/openapi/shapes';
import { ContractError, type Departure } from '../errors/contract-error.ts';
import type { Attempted } from '../errors/partner-error.ts';
import type { Guard } from './guard.ts';
import { checkShape } from './check-shape.ts';

/** What is done about a departure: nothing, a report once for each kind of it, or a {@link ContractError}. */
export type GuardMode = 'off' | 'warn' | 'throw';

/** Departures of one kind of request or response, never with a value. */
export interface Drift {
  readonly operationId: OperationId;
  readonly side: 'request' | 'response';
  /** Those that were not reported before; an index in a pointer is `*`. */
  readonly departures: readonly Departure[];
}

export interface GuardOptions {
  /**
   * What is done about an input, before it is sent.
   * @default 'throw'
   */
  requests?: GuardMode | undefined;
  /**
   * What is done about the body of a success, as it arrives.
   * @default 'warn'
   */
  responses?: GuardMode | undefined;
  /**
   * Is told of what `warn` finds.
   * @default console.warn, with a sentence
   */
  onDrift?: ((drift: Drift) => void) | undefined;
}

/** After so many kinds of departures nothing more is reported: whoever reads has seen enough. */
const mostReports = 1000;

/**
 * Holds the requests and responses of some operations to the contract, for the client's option `guard`. Operations
 * that are not listed pass, and cost nothing.
 *
 * @example
 * ```ts
 * import { contractGuard, createMerchant, pullMerchant } from '@partner-ecosystem/client/guards';
 *
 * const guard = contractGuard([createMerchant, pullMerchant], { onDrift: (drift) => logger.warn(drift) });
 * const partner = createPartnerClient({ environment: 'preproduction', credentials, guard });
 * ```
 */
export function contractGuard(operations: readonly OperationShape[], options: GuardOptions = {}): Guard {
  const { requests = 'throw', responses = 'warn', onDrift = warn } = options;
  const shapes = new Map(operations.map((shape) => [shape.operationId, shape]));
  const reported = new Set<string>();

  const report = (operationId: OperationId, side: Drift['side'], departures: readonly Departure[]) => {
    const fresh = departures.map(generalise).filter(({ pointer, keyword }) => {
      const kind = `${operationId} ${side} ${pointer} ${keyword}`;
      return reported.size < mostReports && !reported.has(kind) && reported.add(kind);
    });
    // A logger that throws must not turn an operation that succeeded into one that failed.
    try {
      if (fresh.length > 0) onDrift({ operationId, side, departures: fresh });
    } catch {}
  };

  const check = (attempted: Attempted, side: Drift['side'], mode: GuardMode, value: unknown) => {
    const shape = mode === 'off' ? undefined : shapes.get(attempted.operationId);
    const departures = shape ? checkShape(side === 'request' ? shape.input : shape.result, value) : [];
    if (departures.length === 0) return;
    if (mode === 'throw') throw new ContractError(attempted, side, departures);
    report(attempted.operationId, side, departures);
  };

  return {
    request: (attempted, input) => check(attempted, 'request', requests, input),
    response: (attempted, body) => check(attempted, 'response', responses, body),
  };
}

function generalise({ pointer, keyword }: Departure): Departure {
  return { pointer: pointer.replace(/\/\d+(?=\/|$)/g, '/*'), keyword };
}

function warn({ operationId, side, departures }: Drift): void {
  const list = departures.map(({ pointer, keyword }) => `${pointer || '/'} (${keyword})`).join('; ');
  console.warn(`The ${side} of ${operationId} is not what the contract says: ${list}.`);
}
