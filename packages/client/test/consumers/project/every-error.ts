import {
  AbortedError,
  ApiError,
  ConnectionError,
  ContractError,
  LoginError,
  OutcomeUnknownError,
  PartnerError,
  TimeoutError,
  ValidationError,
} from '@partner-ecosystem/client';

export function explain(error: unknown): string {
  if (error instanceof ValidationError) return Object.keys(error.fields).join();
  if (error instanceof OutcomeUnknownError) return `${error.reason}: look for ${error.signzyAppId() ?? 'it'}`;
  if (error instanceof ContractError) return error.violations.map(({ pointer }) => pointer).join();
  if (error instanceof LoginError) return `${error.status} at the login`;
  if (error instanceof ApiError) return `${error.status} ${error.code ?? ''} ${typeof error.body()}`;
  if (error instanceof ConnectionError) return error.code ?? 'no code';
  if (error instanceof TimeoutError || error instanceof AbortedError) return error.operationId;
  return error instanceof PartnerError ? `${error.attempts}: ${error.message}` : 'a foreign error';
}
