import { type OperationId, requestLines } from '@partner-ecosystem/openapi/operations';
import type { Operation } from '../contract/operation.ts';
import { PartnerError } from '../errors/partner-error.ts';
import { failureKind, type LoginReason } from '../events/client-event.ts';
import { type HttpResult, unchecked } from '../http/http-result.ts';
import { createOutgoingRequest } from '../http/outgoing-request.ts';
import { tokenSourceFor } from '../login/token-source.ts';
import { withTimeLimit } from '../timing/with-time-limit.ts';
import { readCallSettings } from './call-settings.ts';
import type { ClientContext, CreatedMerchant } from './client-context.ts';
import type { CallOptions, Input } from './partner-operations.ts';
import { type PendingCall, sendOperation } from './send-operation.ts';

/** Options of a call that the caller or the client itself makes. */
interface InternalCallOptions extends CallOptions {
  readonly reason?: LoginReason;
}

/** Makes one call, from its input to the provider's response. */
export async function callOperation(
  context: ClientContext,
  operationId: OperationId,
  input: Input,
  given?: InternalCallOptions,
): Promise<HttpResult> {
  // A program without types may give `null`.
  const options = { ...given };
  const { signal, reason } = options;
  const settings = readCallSettings(options, context.fetch, context);
  const operation: Operation = { ...requestLines[operationId], operationId };
  const serverUrl = context.serverUrls[operation.server];
  // Everything of the input is read now: the caller may change the input while the call runs.
  const request = createOutgoingRequest(operation, serverUrl, input, settings.headers);
  const { signzyAppId, password, realmId } = input;
  const startedAt = performance.now();
  const call: PendingCall = {
    ...context,
    ...settings,
    operation,
    request,
    password,
    tokenSource: tokenSourceFor(operation, context.tokenSources),
    signal,
    // `findMerchant` looks up a merchant by this reference. The client cannot look up anything else.
    signzyAppId:
      operationId === 'createMerchant' && typeof signzyAppId === 'string' ? signzyAppId : undefined,
    emit: context.createEmit(operation, serverUrl),
    elapsedMs: () => performance.now() - startedAt,
  };
  call.emit(reason ? { type: 'login', reason } : { type: 'start' });
  try {
    const { guard, onMerchantCreated } = context;
    const check = { operationId, attempts: 0 };
    if (guard) await withTimeLimit(call, check, async () => guard.request(check, input));
    const result = await sendOperation(call);
    if (onMerchantCreated && operationId === 'createMerchant') {
      const merchant = { merchantId: unchecked(result.body)?.['id'], realmId } as CreatedMerchant;
      // The merchant exists, even if the caller's function fails.
      await withTimeLimit(call, check, async () => onMerchantCreated(merchant)).catch((error: unknown) =>
        call.emit({ type: 'unreported', ...failureKind(error) }),
      );
    }
    return result;
  } catch (error) {
    const attempts = error instanceof PartnerError ? error.attempts : 0;
    call.emit({ type: 'error', attempts, durationMs: call.elapsedMs(), ...failureKind(error) });
    throw error;
  }
}
