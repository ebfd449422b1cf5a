import type { MerchantCallback } from './validate-callback.ts';

/** The provider's time of the event, in milliseconds since 1970; `undefined` if the payload has none. */
export function providerTime(payload: MerchantCallback | undefined): number | undefined {
  const { actionTime, onboardingEndDate, initialSubmissionDate } = payload?.merchantData ?? {};
  const time = actionTime ?? onboardingEndDate ?? initialSubmissionDate;
  return typeof time === 'number' ? time : undefined;
}
