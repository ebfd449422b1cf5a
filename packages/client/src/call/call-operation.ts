import { type OperationId, requestLines } from '@partner-ecosystem/openapi/operations';
import type { Operation } from '../contract/operation.ts';
import { PartnerError } from '../errors/partner-error.ts';
import { failureKind, type LoginReason } from '../events/client-event.ts';
import { askGuard } from '../guards/ask-guard.ts';
import type { HttpResult } from '../http/http-result.ts';
import { createOutgoingRequest } from '../http/outgoing-request.ts';
import { tokenSourceFor } from '../login/token-source.ts';
import { readCallSettings } from './call-settings.ts';
import type { ClientContext } from './client-context.ts';
import type { CallOptions, Input } from './partner-operations.ts';
import { sendOperation } from './send-operation.ts';

/** Options of a call, by the caller or by the client itself. */
interface InternalCallOptions extends CallOptions {
  readonly reason?: LoginReason;
}

/** Makes one call, from its input to the provider's response. Only the HTTP status decides whether it succeeded. */
export async function callOperation(
  context: ClientContext,
  operationId: OperationId,
  input: Input,
  options: InternalCallOptions = {},
): Promise<HttpResult> {
  const { signal, reason } = options;
  const settings = readCallSettings(options, context.fetch, context);
  const operation: Operation = { ...requestLines[operationId], operationId };
  const serverUrl = context.serverUrls[operation.server];
  // Everything of the input is read now: the caller may change the input while the call runs.
  const request = createOutgoingRequest(operation, serverUrl, input, settings.headers);
  const tokenSource = tokenSourceFor(operation, context.tokenSources);

  const { signzyAppId, password } = input;
  const emit = context.createEmit(operation, serverUrl);
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  emit(reason ? { type: 'login', reason } : { type: 'start' });
  try {
    const { guard } = context;
    const call = { operationId, attempts: 0 };
    if (guard) await askGuard(call, { ...settings, signal }, () => guard.request(call, input));
    return await sendOperation(context, {
      ...settings,
      operation,
      request,
      password,
      tokenSource,
      signal,
      // Only merchants can be looked up, in the caller's own records.
      signzyAppId:
        operationId === 'createMerchant' && typeof signzyAppId === 'string' ? signzyAppId : undefined,
      emit,
      elapsedMs,
    });
  } catch (error) {
    const attempts = error instanceof PartnerError ? error.attempts : 0;
    emit({ type: 'error', attempts, durationMs: elapsedMs(), ...failureKind(error) });
    throw error;
  }
}
