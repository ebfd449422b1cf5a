import type { OperationId, servers } from '@partner-ecosystem/openapi/operations';
import type { Answer } from '../http/http-result.ts';
import type { Fetch } from '../http/send-request.ts';
import { checkNumber } from '../timing/assert-duration.ts';
import { type EventOrigin, failureKind, type Happening } from '../events/client-event.ts';
import { PartnerError } from '../errors/partner-error.ts';
import type { Guard } from '../guards/guard.ts';
import { member } from '../http/get-property.ts';
import { operationOf } from '../contract/operation.ts';
import { outgoingRequest } from '../http/outgoing-request.ts';
import type { CallOptions, PartnerClientOptions } from '../options.ts';
import type { RetryLimits } from '../retry/retry-policy.ts';
import { sendOperation } from './send-operation.ts';
import type { LoginReason } from '../login/session.ts';
import { type TokenSources, tokenSourceFor } from '../login/token-source.ts';

/** What all calls of a client have in common. */
export interface CallContext {
  readonly urls: { readonly [Server in keyof typeof servers]: string };
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly limits: RetryLimits;
  readonly sources: TokenSources;
  readonly findMerchant: PartnerClientOptions['findMerchant'];
  readonly guard: Guard | undefined;
  readonly onEvent: PartnerClientOptions['onEvent'];
  /** How many calls were made. */
  calls: number;
}

/** What may be said with a call, by the caller or by the client itself. */
export interface InnerCallOptions extends CallOptions {
  readonly limits?: RetryLimits;
  readonly loginReason?: LoginReason;
}

/** One call, from its input to the provider's answer. The HTTP status alone decides whether it succeeded. */
export async function callOperation(
  context: CallContext,
  operationId: OperationId,
  input: Readonly<Record<string, unknown>>,
  options: InnerCallOptions = {},
): Promise<Answer> {
  const operation = operationOf(operationId);
  const { fetch, findMerchant, guard, sources } = context;
  const { signal, headers, limits = context.limits, loginReason } = options;
  const timeoutMs =
    options.timeoutMs === undefined ? context.timeoutMs : checkNumber('timeoutMs', options.timeoutMs);
  const serverUrl = context.urls[operation.server];
  const request = outgoingRequest(operation, serverUrl, input, headers);
  const source = tokenSourceFor(operation, sources);
  const signzyAppId = readReference(input);
  const find =
    findMerchant && signzyAppId !== undefined && operationId === 'createMerchant'
      ? () => findMerchant(signzyAppId)
      : undefined;

  const { method, path: urlTemplate } = operation;
  const tell = teller(context, { call: ++context.calls, operationId, method, urlTemplate, serverUrl });
  const startedAt = performance.now();
  tell?.(loginReason ? { type: 'login', reason: loginReason } : { type: 'start' });
  try {
    guard?.request({ operationId, attempts: 0 }, input);
    return await sendOperation({
      ...{ fetch, operation, request, source, timeoutMs, limits, signal, signzyAppId, find, guard, tell },
    });
  } catch (error) {
    const attempts = error instanceof PartnerError ? error.attempts : 0;
    tell?.({ type: 'error', attempts, durationMs: performance.now() - startedAt, ...failureKind(error) });
    throw error;
  }
}

function readReference(input: unknown): string | undefined {
  const reference = member(input, 'signzyAppId');
  return typeof reference === 'string' ? reference : undefined;
}

/** A logger that throws must not turn an operation that succeeded into one that failed. */
function teller({ onEvent }: CallContext, origin: EventOrigin): ((happening: Happening) => void) | undefined {
  if (!onEvent) return undefined;
  return (happening) => {
    try {
      onEvent({ ...origin, ...happening });
    } catch {}
  };
}
