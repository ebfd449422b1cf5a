import { type CallInfo, PartnerError } from './partner-error.ts';

/** The provider responded with 2xx, so the operation was applied, but the body is not the JSON of the contract. */
export class UnreadableResponseError extends PartnerError {
  static override name = 'UnreadableResponseError';

  /** HTTP status, a 2xx. */
  declare readonly status: number;

  constructor(call: CallInfo, status: number) {
    super(call, `succeeded with HTTP ${status}, but its body cannot be read. Do not repeat it blindly.`);
    this.status = status;
  }
}
