import { redact, webhooks } from '@partner-ecosystem/openapi/classification';
import type { components } from '../../generated/control-schema.d.ts';
import type { QueuedCallback } from '../core/model/queued-callback.ts';
import { maskTarget } from '../sandbox/callback-target.ts';

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
