import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { operationOf } from '../contract/operation.ts';
import { PartnerError } from '../errors/partner-error.ts';
import { failureKind, type LoginReason } from '../events/client-event.ts';
import type { HttpResult } from '../http/http-result.ts';
import { createOutgoingRequest, readHeaders } from '../http/outgoing-request.ts';
import { tokenSourceFor } from '../login/token-source.ts';
import { readRetryLimits } from '../retry/retry-policy.ts';
import type { ClientContext } from './client-context.ts';
import type { CallOptions, Input } from './partner-operations.ts';
import { sendOperation } from './send-operation.ts';

/** Options of a call, by the caller or by the client itself. */
interface InternalCallOptions extends CallOptions {
  readonly loginReason?: LoginReason;
}

/** Makes one call, from its input to the provider's response. Only the HTTP status decides whether it succeeded. */
export async function callOperation(
  context: ClientContext,
  operationId: OperationId,
  input: Input,
  { timeoutMs = context.timeoutMs, retry, headers, signal, loginReason }: InternalCallOptions = {},
): Promise<HttpResult> {
  context.assertTimeout(timeoutMs);
  const operation = operationOf(operationId);
  const serverUrl = context.serverUrls[operation.server];
  const retryLimits = readRetryLimits(retry, context.retryLimits);
  const allHeaders = readHeaders(headers, context.headers);
  const request = await createOutgoingRequest(operation, serverUrl, input, allHeaders);
  const tokenSource = tokenSourceFor(operation, context.tokenSources);

  const { signzyAppId } = input;
  const { method, path: urlTemplate } = operation;
  const emit = context.createEmit({ operationId, method, urlTemplate, serverUrl });
  const startedAt = performance.now();
  emit?.(loginReason ? { type: 'login', reason: loginReason } : { type: 'start' });
  try {
    context.guard?.request({ operationId, attempts: 0 }, input);
    return await sendOperation(context, {
      operation,
      request,
      tokenSource,
      timeoutMs,
      retryLimits,
      signal,
      // Only merchants can be looked up, in the caller's own records.
      reference: operationId === 'createMerchant' && typeof signzyAppId === 'string' ? signzyAppId : '',
      emit,
    });
  } catch (error) {
    const attempts = error instanceof PartnerError ? error.attempts : 0;
    emit?.({ type: 'error', attempts, durationMs: performance.now() - startedAt, ...failureKind(error) });
    throw error;
  }
}
