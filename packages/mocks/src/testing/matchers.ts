import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { responses, type Validator, webhooks } from '@partner-ecosystem/openapi/validators';
import { successStatus } from '../core/contract/success-status.ts';
import { OptionError } from '../core/model/assert-options.ts';
import type { Event } from '../core/model/case-status.ts';
import type { RequestEntry } from '../sandbox/journal.ts';
import type { RequestFilter } from '../sandbox/request-filter.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** The matchers that `/vitest` and `/jest` add to `expect`. `Result` is what the test framework returns. */
export interface SandboxMatchers<Result> {
  /**
   * Validates a body against the contract: the response of an operation (its success by default), or the callback of an
   * event. A failure lists the violations with their places, but no values.
   */
  toMatchContract: (of: OperationId | Event, status?: number) => Result;
  /** Expects that the sandbox got at least one request that matches. */
  toHaveReceived: (wanted: OperationId | RequestFilter) => Result;
  /** Expects that the sandbox got exactly one request that matches. */
  toHaveReceivedOnce: (wanted: OperationId | RequestFilter) => Result;
  /** Expects that the sandbox got exactly `times` requests that match. */
  toHaveReceivedTimes: (wanted: OperationId | RequestFilter, times: number) => Result;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

type Wanted = OperationId | RequestFilter;

export const matchers: {
  readonly [Name in keyof SandboxMatchers<MatcherResult>]: (
    received: unknown,
    ...expected: Parameters<SandboxMatchers<MatcherResult>[Name]>
  ) => MatcherResult;
} = {
  toMatchContract: (body, of, given) => {
    if (of === undefined)
      throw new OptionError('Name an operation or an event: toMatchContract("pullMerchant", 404).');
    if (given !== undefined && !isOperation(of))
      throw new OptionError(`A callback has no status. Leave out the status ${JSON.stringify(given)}.`);
    const status = given ?? defaultStatus(of);
    const validation = validatorOf(of, status)(body);
    const subject = isOperation(of) ? `the ${status} response of ${of}` : `the ${of} callback`;
    return {
      pass: validation.ok,
      message: () =>
        validation.ok
          ? `Expected a body that violates the contract, but it is a valid body of ${subject}.`
          : `The body violates the contract of ${subject}:\n${validation.violations
              .map(({ pointer, expected }) => `  ${pointer || 'the body'} ${expected}`)
              .join('\n')}`,
    };
  },
  toHaveReceived: (sandbox, wanted) =>
    received(sandbox, wanted, 'at least one request', { min: 1, max: Number.POSITIVE_INFINITY }),
  toHaveReceivedOnce: (sandbox, wanted) => received(sandbox, wanted, 'one request', { min: 1, max: 1 }),
  toHaveReceivedTimes: (sandbox, wanted, times) => {
    if (!Number.isInteger(times) || times < 0)
      throw new OptionError(
        'The number of requests for toHaveReceivedTimes must be a whole number, 0 or more.',
      );
    return received(sandbox, wanted, `${times} requests`, { min: times, max: times });
  },
};

function isOperation(of: OperationId | Event): of is OperationId {
  return Object.hasOwn(operations, of);
}

function defaultStatus(of: OperationId | Event): number {
  return isOperation(of) ? successStatus(of) : 200;
}

function validatorOf(of: OperationId | Event, status: number): Validator<unknown> {
  const byName: { readonly [name: string]: { readonly [validator: string]: Validator<unknown> } } = {
    ...responses,
    ...webhooks,
  };
  const validator = (Object.hasOwn(byName, of) ? byName[of] : undefined)?.[
    isOperation(of) ? `validate${status}` : 'validate'
  ];
  if (validator) return validator;
  throw new Error(
    `The contract has no body for ${of}${isOperation(of) ? ` with the status ${status}` : ''}.`,
  );
}

function received(
  value: unknown,
  wanted: Wanted,
  expected: string,
  { min, max }: { readonly min: number; readonly max: number },
): MatcherResult {
  const sandbox = sandboxIn(value);
  if (wanted === undefined)
    throw new OptionError(
      'Name an operation, or give a filter such as { operation: "pushMerchant", merchantId }.',
    );
  const filter = typeof wanted === 'string' ? { operation: wanted } : wanted;
  const found = sandbox.requests(filter);
  const all = sandbox.requests();
  const pass = found.length >= min && found.length <= max;
  // Only requests before the first entry of the journal can be missing.
  if (found.length <= max && !(pass && max === Number.POSITIVE_INFINITY)) assertComplete(sandbox);
  return {
    pass,
    // A matcher that passes needs its message after `not`.
    message: () =>
      [
        `${pass ? 'Did not expect' : 'Expected'} ${expected} matching ${JSON.stringify(filter)}, but found ${found.length}. The sandbox got ${all.length}:`,
        ...all.slice(-maxShown).map((entry) => `  ${describeRequest(entry)}`),
      ].join('\n'),
  };
}

/** Without the entries that the journal has dropped, a count could be wrong, and a test would pass by mistake. */
function assertComplete(sandbox: Sandbox): void {
  const [first] = sandbox.journal();
  if (!first || first.id === 1) return;
  throw new Error(
    `The requests cannot be counted: the journal has dropped its first ${first.id - 1} entries. Expect the requests earlier, or call sandbox.reset() between the parts of the test.`,
  );
}

const maxShown = 20;

function sandboxIn(value: unknown): Sandbox {
  const { requests } = Object(value) as Partial<Sandbox>;
  if (typeof requests !== 'function')
    throw new TypeError('Give expect() the sandbox itself: expect(sandbox).');
  return value as Sandbox; // Only a sandbox has the method `requests`.
}

/** Describes a request without personal data. */
export function describeRequest({ operation, status, answeredBy, faults, merchantId }: RequestEntry): string {
  const about = merchantId === undefined ? '' : ` of merchant ${merchantId}`;
  return `${operation}${about} ${status}, response from ${[answeredBy, ...faults].join(' ')}`;
}
