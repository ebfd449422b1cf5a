import type { OperationId } from '@partner-ecosystem/openapi/operations';
import type { operations as Operations } from '@partner-ecosystem/openapi/schema';
import { createDerive } from './core/derive.ts';
import { contractBody } from './core/generate/contract-body.ts';
import type { Call, Change } from './core/operation-handler.ts';
import type { Override, Overriding } from './core/override.ts';

/** The statuses that the contract lists for an operation. */
export type StatusOf<Id extends OperationId> = keyof Operations[Id]['responses'] & number;

/** The JSON body of an operation's response with that status. */
export type BodyOf<
  Id extends OperationId,
  Status extends StatusOf<Id>,
> = Operations[Id]['responses'][Status] extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : never;

/** An answer of an operation, as the contract has it. */
export type Answer<Id extends OperationId> = {
  [Status in StatusOf<Id>]: { readonly status: Status; readonly body: BodyOf<Id, Status> };
}[StatusOf<Id>];

/** An answer of the machine's, which can be mended. */
export type MachineAnswer<Id extends OperationId> = Answer<Id> & {
  /** The same answer with other members at the top of its body. */
  readonly patch: (members: Partial<BodyOf<Id, 200 & StatusOf<Id>>>) => Answer<Id>;
};

/** What an override is given to answer with. */
export interface Overridden<Id extends OperationId> {
  /** The request, which holds to the contract, with its caller. */
  readonly request: Call<Id>;
  /** Lets the machine answer and change what it changes; the same answer whenever it is asked. */
  readonly next: () => MachineAnswer<Id>;
  /** An answer with the body that the contract has for it, or another one. */
  readonly reply: <Status extends StatusOf<Id>>(status: Status, body?: BodyOf<Id, Status>) => Answer<Id>;
}

/** Answers in the place of the machine. */
export type OverrideHandler<Id extends OperationId> = (overridden: Overridden<Id>) => Answer<Id>;

/** How often an override answers. */
export interface OverrideOptions {
  /** @default for good */
  readonly times?: number;
}

/** What `on` without a handler gives: ready-made handlers. */
export interface OverrideShortcuts<Id extends OperationId> {
  /** Answers with that status, with the body that the contract has for it or another one. */
  readonly reply: <Status extends StatusOf<Id>>(status: Status, body?: BodyOf<Id, Status>) => RemoveOverride;
  /** Answers with whatever it is, which need not hold to the contract. */
  readonly replyUnchecked: (status: number, body: unknown) => RemoveOverride;
}

/** Takes an override away again. */
export type RemoveOverride = () => void;

/**
 * Has an operation answered by yourself, once its request is known to be in order. The newest override goes first.
 *
 * @example
 * ```ts
 * sandbox.on('createMerchant', { times: 1 }, ({ next }) => next().patch({ status: 'draft' }));
 * sandbox.on('pullMerchant').reply(404);
 * ```
 */
export interface On {
  <Id extends OperationId>(operationId: Id, handler: OverrideHandler<Id>): RemoveOverride;
  <Id extends OperationId>(
    operationId: Id,
    options: OverrideOptions,
    handler: OverrideHandler<Id>,
  ): RemoveOverride;
  <Id extends OperationId>(operationId: Id, options?: OverrideOptions): OverrideShortcuts<Id>;
}

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

  function reply(operationId: OperationId, status: number, body: unknown) {
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
        reply: (status: number, body?: unknown) => reply(operationId, status, body),
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
      reply: (status: number, body?: unknown) =>
        add(operationId, options, () => ({ response: reply(operationId, status, body), unchecked: false })),
      replyUnchecked: (status: number, body: unknown) =>
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
