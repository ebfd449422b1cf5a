import type { ApiError } from '@partner-ecosystem/client';
import { redact, responses } from '@partner-ecosystem/openapi/classification';

/** The body of an error of `createMerchant`, with every value masked that must not be logged. */
export function loggableBody(error: ApiError): unknown {
  return redact(error.body(), responses.createMerchant[422]);
}
