import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { OperationShape } from '@partner-ecosystem/openapi/shapes';
import { ContractError, formatViolations, type Violation } from '../errors/contract-error.ts';
import type { CallInfo } from '../errors/partner-error.ts';
import { callListener } from '../events/call-listener.ts';
import { checkShape } from './check-shape.ts';

/** Checks requests and responses. Create one with `contractGuard` of `@partner-ecosystem/client/guards`. */
export interface Guard {
  /**
   * Checks an operation's input before it is sent.
   * @throws ContractError if the input must not be sent.
   */
  request(call: CallInfo, input: unknown): void;
  /**
   * Checks the body of a successful response.
   * @throws ContractError if the body must not be returned.
   */
  response(call: CallInfo, body: unknown): void;
}

/**
 * Reaction to a violation: ignore it, report each kind of violation once, or throw a {@link ContractError}. Drift is reported
 * in the modes `warn` and `throw`, and is never thrown.
 */
export type GuardMode = 'off' | 'warn' | 'throw';

/**
 * Violations of one kind of request or response, without values. The keyword `word` is a word that the contract does not
 * know, `unknown` a property that it does not name. A request's limits that we added have the keyword of the limit.
 */
export interface Drift {
  readonly operationId: OperationId;
  readonly side: 'request' | 'response';
  /** Violations that were not reported before. An index in a pointer is `*`. */
  readonly violations: readonly Violation[];
}

export interface GuardOptions {
  /**
   * Reaction to a violation in an input, before it is sent.
   * @default 'throw'
   */
  requests?: GuardMode | undefined;
  /**
   * Reaction to a violation in the body of a successful response.
   * @default 'warn'
   */
  responses?: GuardMode | undefined;
  /**
   * Called with the violations that `warn` finds. It may be asynchronous: the client does not wait for it, and ignores its
   * errors.
   * @default console.warn, with one sentence
   */
  onDrift?: ((drift: Drift) => unknown) | undefined;
}

/** After this many kinds of violations, nothing more is reported. */
const maxReports = 1000;

/**
 * Creates a guard for the client's option `guard`. It checks requests and responses of the listed operations against the
 * contract. Other operations are not checked, and cost nothing.
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

  const report = (operationId: OperationId, side: Drift['side'], violations: readonly Violation[]) => {
    const unreported = violations.map(generalise).filter(({ pointer, keyword }) => {
      const kind = `${operationId} ${side} ${pointer} ${keyword}`;
      return reported.size < maxReports && !reported.has(kind) && reported.add(kind);
    });
    if (unreported.length > 0) void callListener(onDrift, { operationId, side, violations: unreported });
  };

  const check = (call: CallInfo, side: Drift['side'], mode: GuardMode, value: unknown) => {
    const shape = mode === 'off' ? undefined : shapes.get(call.operationId);
    if (!shape) return;
    const { violations, drift } = checkShape(side === 'request' ? shape.input : shape.result, value);
    if (mode === 'throw' && violations.length > 0) throw new ContractError(call, side, violations);
    report(call.operationId, side, [...violations, ...drift]);
  };

  return {
    request: (call, input) => check(call, 'request', requests, input),
    response: (call, body) => check(call, 'response', responses, body),
  };
}

function generalise({ pointer, keyword }: Violation): Violation {
  return { pointer: pointer.replace(/\/\d+(?=\/|$)/g, '/*'), keyword };
}

function warn({ operationId, side, violations }: Drift): void {
  console.warn(`The ${side} of ${operationId} differs from the contract: ${formatViolations(violations)}.`);
}
