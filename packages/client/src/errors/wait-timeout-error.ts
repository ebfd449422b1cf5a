import { PartnerError } from './partner-error.ts';

/** `waitFor` of `createDecisions` found no decision within `deadlineMs`. The case itself continues. */
export class WaitTimeoutError extends PartnerError {
  static override name = 'WaitTimeoutError';

  /** Last status that was pulled, such as `pending`. Missing if no pull succeeded, or if the status is not a short text. */
  declare readonly status: string | undefined;

  constructor(pulls: number, pulledStatus: string | undefined) {
    // The message contains the status, so a text that may be something else is left out.
    const status = /^[a-z][a-z -]{0,29}$/i.test(pulledStatus ?? '') ? pulledStatus : undefined;
    super(
      { operationId: 'pullMerchant', attempts: pulls },
      `found no decision within the deadline${status ? ` (the status is ${status})` : ''}. Wait again.`,
    );
    this.status = status;
  }
}
