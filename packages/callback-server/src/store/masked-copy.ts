import { redact, webhooks } from '@partner-ecosystem/openapi/classification';

/** What of a body may be shown. Every event has the same payload, so one classification serves them all. */
export function maskedCopy(body: Uint8Array): unknown {
  try {
    return redact(JSON.parse(Buffer.from(body).toString('utf8')), webhooks.pending);
  } catch {
    return `[${body.byteLength} bytes that are not JSON]`;
  }
}
