import { PartnerError } from './partner-error.ts';

/** No decision came within the deadline of `waitForDecision`. The case itself goes on. */
export class WaitTimeoutError extends PartnerError {
  override get name(): string {
    return 'WaitTimeoutError';
  }

  /** Where the case stood when it was last pulled, such as `pending`; missing where it was never. */
  readonly status: string | undefined;

  constructor(pulls: number, status: string | undefined) {
    super(
      { operationId: 'pullMerchant', attempts: pulls },
      `brought no decision within the deadline${status ? ` (the case is ${status})` : ''}. Wait again.`,
    );
    this.status = status;
  }
}
