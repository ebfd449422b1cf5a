/**
 * Codes of Node for a connection that was never made, or whose other end could not prove its identity. With them, no
 * byte of the request was sent. Other runtimes give no codes, and without a code nothing is proven.
 */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_SSL_WRONG_VERSION_NUMBER|(CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT)_\w+)$/;

/** Whether a request that failed with this code certainly did not reach the server. */
export function isNeverSent(code: string | undefined): boolean {
  return code !== undefined && neverSent.test(code);
}

/** Reads the network's error code. Only the code is kept: the error itself may quote the request. */
export function readNetworkCode(error: unknown): string | undefined {
  for (const fault of [error, error instanceof Error ? error.cause : undefined]) {
    const code: unknown = fault instanceof Error && 'code' in fault ? fault.code : undefined;
    if (typeof code === 'string' && /^(E[A-Z]{3,20}|[A-Z]+(_[A-Z0-9]+){1,8})$/.test(code)) return code;
  }
  return undefined;
}
