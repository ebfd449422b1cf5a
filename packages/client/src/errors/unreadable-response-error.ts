import { ApiError } from './api-error.ts';

/**
 * The response is not the API's. It is a redirect, which is not followed, or a 2xx that is not JSON or lacks what the vendor
 * documents. Such a 2xx comes from a firewall, or was cut. A write fails with an {@link OutcomeUnknownError} instead, because
 * it may or may not have been applied.
 */
export class UnreadableResponseError extends ApiError {
  static override name = 'UnreadableResponseError';
}
