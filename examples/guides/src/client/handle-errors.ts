import {
  AuthenticationError,
  NotFoundError,
  OutcomeUnknownError,
  PartnerError,
  RateLimitError,
  ValidationError,
} from '@partner-ecosystem/client';

/** What to tell the person who reads your log. The text has no personal data and no secret. */
export function explainFailure(error: unknown): string {
  if (error instanceof OutcomeUnknownError) return `${error.operationId}: find out before you repeat it`;
  if (error instanceof ValidationError)
    return `correct these fields: ${Object.keys(error.fields).join(', ')}`;
  if (error instanceof NotFoundError) return 'check the ids';
  if (error instanceof RateLimitError) return `wait ${error.retryAfterMs ?? 60_000} ms`;
  if (error instanceof AuthenticationError) return 'check the password, the realm and the flow';
  if (error instanceof PartnerError)
    return `${error.operationId}, ${error.attempts} attempts: ${error.message}`;
  throw error; // a mistake in our own code
}
