import { PartnerError } from './partner-error.ts';

/** `waitFor` of `createDecisions` found no decision within `deadlineMs`. The case itself continues. */
export class WaitTimeoutError extends PartnerError {
  static override name = 'WaitTimeoutError';

  /** Last status that was pulled, such as `pending`. Missing if no pull succeeded. */
  declare readonly status: string | undefined;

  constructor(pulls: number, status: string | undefined) {
    super(
      { operationId: 'pullMerchant', attempts: pulls },
      `found no decision within the deadline${status ? ` (the status is ${status})` : ''}. Wait again.`,
    );
    this.status = status;
  }
}
