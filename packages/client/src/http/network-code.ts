/**
 * Node's codes for a connection that was never made, or whose other end could not show who it is: not a byte of the
 * request has left. Other runtimes give no codes, and what has no code is not proven.
 */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_SSL_WRONG_VERSION_NUMBER|(CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT)_\w+)$/;

/** Whether a request that failed with this code provably never reached the server. */
export function isNeverSent(code: string | undefined): boolean {
  return code !== undefined && neverSent.test(code);
}

/** The word of the network for what went wrong. The error itself may quote the request, so nothing else of it is kept. */
export function networkCode(error: unknown): string | undefined {
  for (const fault of [error, error instanceof Error ? error.cause : undefined]) {
    const code: unknown = fault instanceof Error && 'code' in fault ? fault.code : undefined;
    if (typeof code === 'string' && /^(E[A-Z]{3,20}|[A-Z]+(_[A-Z0-9]+){1,8})$/.test(code)) return code;
  }
  return undefined;
}
