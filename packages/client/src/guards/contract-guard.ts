import { anyPosition, type Drift as ContractDrift } from '@partner-ecosystem/openapi/drift';
import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { OperationShape } from '@partner-ecosystem/openapi/shapes';
import { ContractError, formatViolations, type Violation } from '../errors/contract-error.ts';
import type { CallInfo } from '../errors/partner-error.ts';
import { callListener } from '../events/call-listener.ts';
import type { HttpResult } from '../http/http-result.ts';
import { checkShape } from './check-shape.ts';

/**
 * Checks requests and responses. Create one with `contractGuard` of `@partner-ecosystem/client/guards`. The methods of a guard
 * of your own may be asynchronous: the call waits for them, up to its `timeoutMs`.
 */
export interface Guard {
  /**
   * Checks an operation's input before it is sent.
   * @throws ContractError if the input must not be sent.
   */
  request(call: CallInfo, input: unknown): void | Promise<void>;
  /**
   * Checks the status and the body of a response. A write whose success is refused fails with an OutcomeUnknownError.
   * The client ignores an error that this method throws about a response that is no success.
   * @throws ContractError if the body of a success must not be returned.
   */
  response(call: CallInfo, response: Pick<HttpResult, 'ok' | 'status' | 'body'>): void | Promise<void>;
}

/**
 * Reaction to a violation: ignore it, report each kind of violation once, or throw a {@link ContractError}. Drift is reported
 * in the modes `warn` and `throw`, and is never thrown.
 */
export type GuardMode = 'off' | 'warn' | 'throw';

/**
 * A violation of one kind of request or response. The only value in it is a new word that the contract classifies as
 * public or internal. An index in a pointer is `*`. The keyword `word` is a word that the contract does not know, and
 * `additionalProperties` is a property that the contract does not name. `missing` is a property that all examples of the
 * contract have, and `status` is a status that the contract does not list.
 */
export type Drift = ContractDrift<OperationId>;

export interface GuardOptions {
  /**
   * Reaction to a violation in an input, before it is sent.
   * @default 'throw'
   */
  requests?: GuardMode | undefined;
  /**
   * Reaction to a violation in a response. Only a successful response can fail the call.
   * @default 'warn'
   */
  responses?: GuardMode | undefined;
  /**
   * Called once with each kind of violation or drift that the guard reports. The function may be asynchronous: the client
   * does not wait for it, and ignores its errors.
   * @default console.warn, with one sentence
   */
  onDrift?: ((drift: Drift) => unknown) | undefined;
}

/** After this many kinds of violations, nothing more is reported. */
const maxReports = 1000;

/**
 * Creates a guard for the client's option `guard`. The guard checks requests and responses of the listed operations
 * against the contract. Other operations are not checked, and cost nothing.
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

  const report = (found: Omit<Drift, keyof Violation>, violations: readonly Violation[]) => {
    for (const violation of violations) {
      const drift: Drift = { ...found, ...violation, pointer: anyPosition(violation.pointer) };
      const { subject, side, status, pointer, keyword, word } = drift;
      const kind = [subject, side, status, pointer, keyword, word].join(' ');
      if (reported.size < maxReports && !reported.has(kind)) {
        reported.add(kind);
        void callListener(onDrift, drift);
      }
    }
  };

  return {
    request: (call, input) => {
      const { operationId: subject } = call;
      const shape = shapes.get(subject);
      if (!shape || requests === 'off') return;
      const { violations, drift } = checkShape(shape.input, input);
      if (requests === 'throw' && violations.length > 0) throw new ContractError(call, 'request', violations);
      report({ subject, side: 'request' }, [...violations, ...drift]);
    },
    response: (call, { ok, status, body }) => {
      const { operationId: subject } = call;
      const shape = shapes.get(subject);
      if (!shape || responses === 'off') return;
      const { result, errors } = shape;
      const { violations, drift } = checkShape((ok ? result : errors[status]) ?? {}, body);
      if (responses === 'throw' && ok && violations.length > 0)
        throw new ContractError(call, 'response', violations);
      report({ subject, side: 'response', status }, [
        ...checkStatus(shape, ok, status),
        ...violations,
        ...drift,
      ]);
    },
  };
}

function checkStatus({ success, errors }: OperationShape, ok: boolean, status: number): Violation[] {
  const listed = [success, ...Object.keys(errors).map(Number)];
  if (!listed.includes(status))
    return [{ pointer: '', keyword: 'status', expected: `must be ${listed.join(', ')}` }];
  return status === success && !ok ? [{ pointer: '', keyword: 'syntax', expected: 'must be JSON' }] : [];
}

function warn({ subject, side, ...violation }: Drift): void {
  console.warn(`The ${side} of ${subject} differs from the contract: ${formatViolations([violation])}.`);
}
