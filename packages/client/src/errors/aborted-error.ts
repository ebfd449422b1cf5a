import { type Attempted, PartnerError } from './partner-error.ts';

/** Your own signal ended the call before it could change anything; why is in the signal's `reason`. */
export class AbortedError extends PartnerError {
  override get name(): string {
    return 'AbortedError';
  }

  constructor(attempted: Attempted) {
    super(attempted, 'was aborted by its signal.');
  }
}
