export { createPartnerClient, type PartnerClient, type PartnerOperations } from './create-partner-client.ts';
export { AbortedError } from './errors/aborted-error.ts';
export { ApiError, type ErrorCode } from './errors/api-error.ts';
export { AuthenticationError } from './errors/authentication-error.ts';
export { BadRequestError } from './errors/bad-request-error.ts';
export { ConnectionError } from './errors/connection-error.ts';
export { ForbiddenError } from './errors/forbidden-error.ts';
export { LoginError } from './errors/login-error.ts';
export { NotFoundError } from './errors/not-found-error.ts';
export { PartnerError } from './errors/partner-error.ts';
export { RateLimitError } from './errors/rate-limit-error.ts';
export { ServerError } from './errors/server-error.ts';
export { TimeoutError } from './errors/timeout-error.ts';
export { UnreadableResponseError } from './errors/unreadable-response-error.ts';
export { type RefusedFields, ValidationError } from './errors/validation-error.ts';
export type { OperationInput, OperationResult } from './operation-types.ts';
export type {
  CallOptions,
  Credentials,
  PartnerClientOptions,
  ServerOptions,
  ServerUrls,
  ValueOrFunction,
} from './partner-client-options.ts';
export type { RawClients } from './raw-clients.ts';
