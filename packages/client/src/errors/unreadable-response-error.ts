import { ApiError } from './api-error.ts';

/**
 * The response is not the API's: a redirect, which is not followed, or a 2xx that is not JSON, or whose JSON
 * lacks what the vendor documents, such as that of a firewall or a response that was cut. A write fails with an {@link OutcomeUnknownError} instead, because it
 * may or may not have been applied.
 */
export class UnreadableResponseError extends ApiError {
  static override name = 'UnreadableResponseError';
}
