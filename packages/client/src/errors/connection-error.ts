import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { PartnerError } from './partner-error.ts';
import { repeatAdvice } from './repeat-advice.ts';

/** No whole answer came: the connection was refused, broke, or was not trusted. */
export class ConnectionError extends PartnerError {
  override get name(): string {
    return 'ConnectionError';
  }

  /** The network's own word for it, such as `ECONNREFUSED`, where it has one. */
  readonly code: string | undefined;

  constructor(operationId: OperationId, code: string | undefined) {
    super(operationId, `got no whole answer${code ? ` (${code})` : ''}. ${repeatAdvice(operationId)}`);
    this.code = code;
  }
}
