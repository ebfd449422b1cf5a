import type { MerchantCallback } from './validate-callback.ts';

/**
 * Two POSTs with the same key are the same callback. The key has the merchant, event, status and the provider's time, or
 * the hash of the body if one of them is missing.
 */
export function dedupKey(event: string, payload: MerchantCallback | undefined, bodySha256: string): string {
  const { id, status } = payload?.merchantData ?? {};
  const time = providerTime(payload);
  if (!id || !status || time === undefined) return `body:${event}:${bodySha256}`;
  // Each part is length-prefixed, so that different lists cannot give the same key, and JSON-encoded, so that lone
  // surrogates stay distinct.
  const parts = [id, event, status.toLowerCase(), String(time)]
    .map((part) => JSON.stringify(part))
    .map((part) => `${part.length}:${part}`);
  return `fact:${parts.join('')}`;
}

/** The provider's time of the event, in milliseconds since 1970; `undefined` if the payload has none. */
export function providerTime(payload: MerchantCallback | undefined): number | undefined {
  const { actionTime, onboardingEndDate, initialSubmissionDate } = payload?.merchantData ?? {};
  const time = actionTime ?? onboardingEndDate ?? initialSubmissionDate;
  return typeof time === 'number' ? time : undefined;
}
