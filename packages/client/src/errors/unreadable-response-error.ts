import { ApiError } from './api-error.ts';

/**
 * A 2xx whose body is not JSON, so the response is not the API's: the page of a firewall or a proxy, or a response that
 * was cut. A write fails with an {@link OutcomeUnknownError} instead, because it may or may not have been applied.
 */
export class UnreadableResponseError extends ApiError {
  static override name = 'UnreadableResponseError';
}
