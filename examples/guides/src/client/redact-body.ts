import type { ApiError } from '@partner-ecosystem/client';
import { redact, responses } from '@partner-ecosystem/openapi/classification';

/** Returns the body of an error of `createMerchant`. Every value that must not be logged is masked. */
export function loggableBody(error: ApiError): unknown {
  return redact(error.body(), responses.createMerchant[422]);
}
