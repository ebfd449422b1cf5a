export type { ClientEvent, EventOrigin, FailureKind, Happening } from './events/client-event.ts';
export { createPartnerClient, type PartnerClient, type PartnerOperations } from './create-partner-client.ts';
export {
  createDecisions,
  type Decision,
  type Decisions,
  type MerchantPuller,
  type WaitOptions,
} from './cases/decisions.ts';
export { AbortedError } from './errors/aborted-error.ts';
export { ApiError, type ErrorCode } from './errors/api-error.ts';
export { AuthenticationError } from './errors/authentication-error.ts';
export { BadRequestError } from './errors/bad-request-error.ts';
export { ConnectionError } from './errors/connection-error.ts';
export { ContractError, type Departure } from './errors/contract-error.ts';
export { ForbiddenError } from './errors/forbidden-error.ts';
export { LoginError } from './errors/login-error.ts';
export { NotFoundError } from './errors/not-found-error.ts';
export { OutcomeUnknownError, type UnknownReason } from './errors/outcome-unknown-error.ts';
export { type Attempted, PartnerError } from './errors/partner-error.ts';
export { RateLimitError } from './errors/rate-limit-error.ts';
export { ServerError } from './errors/server-error.ts';
export { TimeoutError } from './errors/network-errors.ts';
export { UnreadableResponseError } from './errors/unreadable-response-error.ts';
export { type RefusedFields, ValidationError } from './errors/validation-error.ts';
export { WaitTimeoutError } from './errors/wait-timeout-error.ts';
export type { Guard } from './guards/guard.ts';
export type { OperationErrorCode, OperationInput, OperationResult } from './contract/operation-types.ts';
export type {
  CallOptions,
  Credentials,
  PartnerClientOptions,
  RetryOptions,
  ServerOptions,
  ServerUrls,
  ValueOrFunction,
} from './options.ts';
export { type Answers, type PushTarget, pushBody } from './cases/push-body.ts';
export type { RawAnswer, RawOperations } from './call/raw-operations.ts';
export { type DecisionWord, readDecision } from './cases/read-decision.ts';
export type { LoginReason } from './login/session.ts';
export {
  type FileContent,
  type FileLifetime,
  type StoreFileOptions,
  storeFile,
} from './cases/store-file.ts';
export { createTokenStore, type StoredToken, type TokenStorage, type TokenStore } from './login/token-store.ts';
