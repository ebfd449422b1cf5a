// The client and its options

export type { CreatedMerchant } from './call/client-context.ts';
export type { ServerOptions, ServerUrls } from './contract/server-url.ts';
export { createPartnerClient, type PartnerClient } from './create-partner-client.ts';
export type { Guard } from './guards/contract-guard.ts';
export type { Credentials, ValueOrFunction } from './login/token-source.ts';
export type { PartnerClientOptions } from './options.ts';
export type { RetryOptions } from './retry/retry-policy.ts';

// Calls: the operations, their types and their options

export type { OperationId } from '@partner-ecosystem/openapi/operations';
export type {
  CallOptions,
  PartnerOperations,
  RawOperations,
  RawResponse,
} from './call/partner-operations.ts';
export type { OperationErrorCode, OperationInput, OperationResult } from './contract/operation-types.ts';
export { type ResponseInfo, responseOf } from './http/response-of.ts';

// Errors: all extend PartnerError, and those of a status extend ApiError

export { ApiError, type ErrorCode, type ErrorResponse } from './errors/api-error.ts';
export { ContractError, type Violation } from './errors/contract-error.ts';
export { LoginError } from './errors/login-error.ts';
export { AbortedError, ConnectionError, TimeoutError } from './errors/network-errors.ts';
export { OutcomeUnknownError, type UnknownReason } from './errors/outcome-unknown-error.ts';
export { type CallInfo, isPartnerError, PartnerError } from './errors/partner-error.ts';
export {
  AuthenticationError,
  BadRequestError,
  ForbiddenError,
  type InvalidFields,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
} from './errors/status-errors.ts';
export { UnreadableResponseError } from './errors/unreadable-response-error.ts';
export { WaitTimeoutError } from './errors/wait-timeout-error.ts';

// Events for logs, metrics and traces

export type {
  ClientEvent,
  EventDetails,
  EventOrigin,
  FailureKind,
  LoginReason,
} from './events/client-event.ts';

// Tokens shared between processes

export type { IssuedToken } from './login/token-lifetime.ts';
export {
  createTokenStore,
  type StoredToken,
  type TokenStorage,
  type TokenStore,
} from './login/token-store.ts';

// Cases: decisions, pushes and files

export {
  createDecisions,
  type Decision,
  type Decisions,
  type DecisionWord,
  type MerchantPuller,
  readDecision,
  type WaitOptions,
} from './cases/decisions.ts';
export { type PushTarget, type PushValues, pushBody } from './cases/push-body.ts';
export { type FileContent, type FileLifetime, type StoreFileOptions, storeFile } from './cases/store-file.ts';
