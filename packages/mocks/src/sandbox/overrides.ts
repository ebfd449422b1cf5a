import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { contractBody } from '../core/contract/contract-body.ts';
import type { Change } from '../core/model/change.ts';
import type { Override, Overriding } from '../core/model/override.ts';
import { createDerive } from '../core/seed/derive.ts';
import type { On, OverrideHandler, OverrideOptions } from './on.ts';

/** The overrides of a sandbox. */
export interface Overrides {
  readonly on: On;
  /** What the core asks. */
  readonly override: Override;
  readonly clear: () => void;
}

interface Registered {
  readonly operationId: OperationId;
  readonly handle: (...given: Parameters<Override>) => Overriding;
  left: number;
}

/** Keeps the overrides of a sandbox, newest first. */
export function createOverrides(seed: string | number): Overrides {
  const derive = createDerive(seed);
  let registered: readonly Registered[] = [];

  function add(
    operationId: OperationId,
    { times = Number.POSITIVE_INFINITY }: OverrideOptions,
    handle: Registered['handle'],
  ) {
    const entry: Registered = { operationId, handle, left: times };
    registered = [entry, ...registered];
    return () => {
      registered = registered.filter((other) => other !== entry);
    };
  }

  function respond(operationId: OperationId, status: number, body: unknown) {
    return { status, body: body ?? contractBody(operationId, status, derive) };
  }

  function handleWith(
    handler: (overridden: never) => { status: number; body: unknown },
  ): Registered['handle'] {
    return (operationId, request, machine) => {
      let performed:
        | (Change & { readonly response: { readonly status: number; readonly body: unknown } })
        | undefined;
      const next = () => {
        performed ??= machine();
        const { status, body } = performed.response;
        return {
          status,
          body,
          patch: (members: object) => ({ status, body: { ...Object(body), ...members } }),
        };
      };
      const overridden = {
        request,
        next,
        respond: (status: number, body?: unknown) => respond(operationId, status, body),
      };
      // The types of `On` pair the operation with its handler; here they are all alike.
      const { status, body } = handler(overridden as never);
      const { state, effects } = performed ?? {};
      return {
        ...(state && { state }),
        ...(effects && { effects }),
        response: { status, body },
        unchecked: false,
      };
    };
  }

  const on = (operationId: OperationId, ...rest: readonly unknown[]) => {
    const handler = rest.find((given) => typeof given === 'function') as
      | OverrideHandler<OperationId>
      | undefined;
    const options = (rest.find((given) => typeof given === 'object') ?? {}) as OverrideOptions;
    if (handler) return add(operationId, options, handleWith(handler));
    return {
      respond: (status: number, body?: unknown) =>
        add(operationId, options, () => ({ response: respond(operationId, status, body), unchecked: false })),
      respondUnchecked: (status: number, body: unknown) =>
        add(operationId, options, () => ({ response: { status, body }, unchecked: true })),
    };
  };

  return {
    on: on as On,
    clear: () => {
      registered = [];
    },
    override: (operationId, call, machine) => {
      const entry = registered.find((one) => one.operationId === operationId && one.left > 0);
      if (!entry) return undefined;
      entry.left--;
      return entry.handle(operationId, call, machine);
    },
  };
}
