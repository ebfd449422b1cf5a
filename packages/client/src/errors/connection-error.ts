import { type Attempted, PartnerError } from './partner-error.ts';

/** No whole answer came: the connection was refused, broke, or was not trusted. Nothing was changed by it. */
export class ConnectionError extends PartnerError {
  override get name(): string {
    return 'ConnectionError';
  }

  /** The network's own word for it, such as `ECONNREFUSED`, where it has one. */
  readonly code: string | undefined;

  constructor(attempted: Attempted, code: string | undefined) {
    super(attempted, `got no whole answer${code ? ` (${code})` : ''}. Try again later.`);
    this.code = code;
  }
}
