import {
  AbortedError,
  ApiError,
  ConnectionError,
  LoginError,
  PartnerError,
  TimeoutError,
  ValidationError,
} from '@partner-ecosystem/client';

export function explain(error: unknown): string {
  if (error instanceof ValidationError) return Object.keys(error.fields).join();
  if (error instanceof LoginError) return `${error.status} at the login`;
  if (error instanceof ApiError) return `${error.status} ${error.code ?? ''} ${typeof error.body()}`;
  if (error instanceof ConnectionError) return error.code ?? 'no word for it';
  if (error instanceof TimeoutError || error instanceof AbortedError) return error.operationId;
  return error instanceof PartnerError ? error.message : 'not ours';
}
