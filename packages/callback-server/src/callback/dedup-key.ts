import type { MerchantCallback } from './validate-callback.ts';

/**
 * What makes two POSTs the same callback: merchant, event, status, and the provider's time. Without all of them, the
 * bytes themselves.
 */
export function dedupKey(event: string, payload: MerchantCallback | undefined, bodySha256: string): string {
  const { id, status } = payload?.merchantData ?? {};
  const time = providerTime(payload);
  if (!id || !status || time === undefined) return `body:${event}:${bodySha256}`;
  // With its length before each part, no two lists of parts run together into one text; as JSON, no two texts become
  // one when they are encoded, lone surrogates included.
  const parts = [id, event, status.toLowerCase(), String(time)]
    .map((part) => JSON.stringify(part))
    .map((part) => `${part.length}:${part}`);
  return `fact:${parts.join('')}`;
}

/** When the provider says that it happened; nothing where it says nothing of the kind. */
export function providerTime(payload: MerchantCallback | undefined): number | undefined {
  const { actionTime, onboardingEndDate, initialSubmissionDate } = payload?.merchantData ?? {};
  const time = actionTime ?? onboardingEndDate ?? initialSubmissionDate;
  return typeof time === 'number' ? time : undefined;
}
