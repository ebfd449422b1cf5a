import { type OperationId, operations } from '@partner-ecosystem/openapi/operations';
import { contractBody } from '../core/contract/contract-body.ts';
import { assertOptions, assertWord, OptionError } from '../core/model/assert-options.ts';
import type { CallResult, Override, OverrideResult } from '../core/model/env.ts';
import { OverrideError } from '../core/request/handle-request.ts';
import { createDerive, type Derive } from '../core/seed/derive.ts';
import type {
  On,
  OverrideContext,
  OverrideHandler,
  OverrideOptions,
  OverrideShortcuts,
  RemoveOverride,
} from './on.ts';

/** Maximum number of errors that are kept. The first errors explain the later errors. */
const maxErrors = 100;

interface Registered {
  readonly operationId: OperationId;
  readonly handle: (...call: Parameters<Override>) => OverrideResult;
  remaining: number;
}

export function createOverrides(seed: string | number) {
  const derive = createDerive(seed);
  let registered: readonly Registered[] = [];
  let errors: readonly Error[] = [];

  function add(
    operationId: OperationId,
    { times = Number.POSITIVE_INFINITY }: OverrideOptions,
    handle: Registered['handle'],
  ): RemoveOverride {
    const entry: Registered = { operationId, handle, remaining: times };
    registered = [entry, ...registered];
    return () => remove(entry);
  }

  function remove(entry: Registered): void {
    registered = registered.filter((other) => other !== entry);
  }

  function on<Id extends OperationId>(
    operationId: Id,
    first: OverrideHandler<Id> | OverrideOptions = {},
    second?: OverrideHandler<Id>,
  ): RemoveOverride | OverrideShortcuts<Id> {
    const [options, handler] = typeof first === 'function' ? [{}, first] : [first, second];
    assertWord('operation', operationId, Object.keys(operations));
    assertOptions('on', options, ['times']);
    assertTimes(options);
    if (handler !== undefined && typeof handler !== 'function')
      throw new OptionError(`The handler of ${operationId} must be a function.`);
    const handleWith = (each: OverrideHandler<Id>) => add(operationId, options, adapt(each, derive));
    if (handler) return handleWith(handler);
    return shortcutsOf(handleWith, (status, body) => {
      const response = { status, body: sendableBody(status, body) };
      return add(operationId, options, () => ({ response, unchecked: true }));
    });
  }

  const override: Override = (operationId, call, machine) => {
    const entry = registered.find((each) => each.operationId === operationId);
    if (!entry) return undefined;
    entry.remaining--;
    if (entry.remaining === 0) remove(entry);
    return entry.handle(operationId, call, machine);
  };

  return {
    on: on as On, // The overloads of `On` pair each list of parameters with its result.
    override,
    /** Records what an override did wrong. */
    failed: (error: Error): void => {
      if (errors.length < maxErrors) errors = [...errors, error];
    },
    errors: () => errors,
    clear: (): void => {
      registered = [];
      errors = [];
    },
  };
}

function shortcutsOf<Id extends OperationId>(
  handleWith: (handler: OverrideHandler<Id>) => RemoveOverride,
  respondUnchecked: OverrideShortcuts<Id>['respondUnchecked'],
): OverrideShortcuts<Id> {
  return {
    respond: (status, body) => {
      const copy = structuredClone(body);
      return handleWith(({ respond }) => respond(status, copy));
    },
    respondUnchecked,
  };
}

function assertTimes({ times }: OverrideOptions): void {
  if (times === undefined || times === Number.POSITIVE_INFINITY) return;
  if (!Number.isInteger(times) || times < 1)
    throw new OptionError('The option times of on must be a whole number, 1 or more.');
}

/** The statuses that have no body. */
const bodiless: readonly number[] = [204, 205, 304];

/** Copies a body through JSON. A body that one transport could not send would differ between transports. */
function sendableBody(status: number, body: unknown): unknown {
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new OptionError(`respondUnchecked cannot send the status ${status}. Use a status from 200 to 599.`);
  if (body === undefined) return undefined;
  if (bodiless.includes(status))
    throw new OptionError(
      `A response with the status ${status} has no body. Omit the body of respondUnchecked.`,
    );
  try {
    return JSON.parse(JSON.stringify(body));
  } catch {
    throw new OptionError('The body of respondUnchecked must be data that JSON can represent.');
  }
}

/** A mistake of a handler makes the test fail, and is not a bug of the sandbox. */
function responseOf<Response extends object>(operationId: OperationId, handle: () => Response): Response {
  const response = resultOf(operationId, handle);
  if (response instanceof Promise) {
    response.catch(() => {}); // The mistake is the promise, whether the promise rejects or not.
    throw new OverrideError(
      `The override of ${operationId} returned a promise. A handler must return its response itself, so it cannot be async.`,
    );
  }
  if (Number.isInteger(Object(response).status)) return response;
  throw new OverrideError(
    `The override of ${operationId} returned no response. Return the result of respond() or next().`,
  );
}

function resultOf<Response>(operationId: OperationId, handle: () => Response): Response {
  try {
    return handle();
  } catch (cause) {
    throw new OverrideError(`The override of ${operationId} threw an exception.`, { cause });
  }
}

function adapt<Id extends OperationId>(handler: OverrideHandler<Id>, derive: Derive): Registered['handle'] {
  return (operationId, request, machine) => {
    let performed: CallResult | undefined;
    const context = {
      request: structuredClone(request), // A handler that changes its request must not change the state.
      next: () => {
        performed ??= machine();
        const { status } = performed.response;
        const body = structuredClone(performed.response.body);
        const patch = (properties: object) => ({ status, body: { ...Object(body), ...properties } });
        return { status, body, patch };
      },
      respond: (status: number, body?: unknown) => ({
        status,
        body: body ?? contractBody(operationId, status, derive),
      }),
    };
    // The registry calls a handler only for its own operation, whose types the core has validated.
    const { status, body } = responseOf(operationId, () =>
      handler(context as unknown as OverrideContext<Id>),
    );
    const { response: _, ...change } = performed ?? { response: undefined };
    return { ...change, response: { status, body }, unchecked: false };
  };
}
