import { redact, webhooks } from '@partner-ecosystem/openapi/classification';
import type { components } from '../../generated/control-schema.d.ts';
import { maskTarget } from '../callback-target.ts';
import type { QueuedCallback } from '../core/callbacks/queued-callback.ts';

/** A callback without the path of its URL, and with its payload masked unless it is to be revealed. */
export function callbackSummary(
  callback: QueuedCallback,
  reveal: boolean,
): components['schemas']['Callback'] {
  const { id, event, merchantId, url, payload, status, dueAt, attempts } = callback;
  const shown = reveal ? payload : redact(payload, webhooks[event]);
  return {
    id,
    event,
    merchantId,
    url: maskTarget(url),
    payload: { ...Object(shown) },
    status,
    ...(dueAt !== undefined && { dueAt }),
    attempts: [...attempts],
  };
}
