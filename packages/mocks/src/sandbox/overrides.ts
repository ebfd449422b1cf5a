import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { contractBody } from '../core/contract/contract-body.ts';
import type { CallResult, Override, OverrideResult } from '../core/model/env.ts';
import { createDerive, type Derive } from '../core/seed/derive.ts';
import type {
  On,
  OverrideContext,
  OverrideHandler,
  OverrideOptions,
  OverrideShortcuts,
  RemoveOverride,
} from './on.ts';

interface Registered {
  readonly operationId: OperationId;
  readonly handle: (...call: Parameters<Override>) => OverrideResult;
  remaining: number;
}

/** Creates the registry of overrides, newest first. */
export function createOverrides(seed: string | number) {
  const derive = createDerive(seed);
  let registered: readonly Registered[] = [];

  function add(
    operationId: OperationId,
    { times = Number.POSITIVE_INFINITY }: OverrideOptions,
    handle: Registered['handle'],
  ): RemoveOverride {
    const entry: Registered = { operationId, handle, remaining: times };
    registered = [entry, ...registered];
    return () => {
      registered = registered.filter((other) => other !== entry);
    };
  }

  function on<Id extends OperationId>(
    operationId: Id,
    first: OverrideHandler<Id> | OverrideOptions = {},
    second?: OverrideHandler<Id>,
  ): RemoveOverride | OverrideShortcuts<Id> {
    const [options, handler] = typeof first === 'function' ? [{}, first] : [first, second];
    const handleWith = (each: OverrideHandler<Id>) => add(operationId, options, adapt(each, derive));
    if (handler) return handleWith(handler);
    return {
      respond: (status, body) => handleWith(({ respond }) => respond(status, body)),
      respondUnchecked: (status, body) =>
        add(operationId, options, () => ({ response: { status, body }, unchecked: true })),
    };
  }

  const override: Override = (operationId, call, machine) => {
    const entry = registered.find((each) => each.operationId === operationId && each.remaining > 0);
    if (!entry) return undefined;
    entry.remaining--;
    return entry.handle(operationId, call, machine);
  };

  return {
    on: on as On, // The overloads of `On` pair each list of parameters with its result.
    override,
    clear: (): void => {
      registered = [];
    },
  };
}

/** Adapts a typed handler to calls of any operation. */
function adapt<Id extends OperationId>(handler: OverrideHandler<Id>, derive: Derive): Registered['handle'] {
  return (operationId, request, machine) => {
    let performed: CallResult | undefined;
    const context = {
      request,
      next: () => {
        performed ??= machine();
        const { status, body } = performed.response;
        const patch = (properties: object) => ({ status, body: { ...Object(body), ...properties } });
        return { status, body, patch };
      },
      respond: (status: number, body?: unknown) => ({
        status,
        body: body ?? contractBody(operationId, status, derive),
      }),
    };
    // The registry calls a handler only for its own operation, whose types the core has validated.
    const { status, body } = handler(context as unknown as OverrideContext<Id>);
    const { response: _, ...change } = performed ?? { response: undefined };
    return { ...change, response: { status, body }, unchecked: false };
  };
}
