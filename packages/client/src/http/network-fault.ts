import { unchecked } from './http-result.ts';

/** What a failed request says about the network. Nothing else is kept: the error itself may quote the request. */
export interface NetworkFault {
  readonly code?: string | undefined;
  /** Whether no byte of the request was sent. Proves nothing if the error may be about another request. */
  readonly neverSent?: boolean;
}

/**
 * System calls that come before a request, and codes of Node for a connection that was never complete. Other codes prove
 * nothing: a read on a kept connection also fails with `EHOSTUNREACH`, after the request was stored. An alert of TLS can
 * also arrive at any time. `bad port` is all that Node says of a port that `fetch` refuses.
 */
const beforeSending =
  /^((connect|getaddrinfo),\w+,?|,(bad port|UND_ERR_CONNECT_TIMEOUT|(CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT)_\w+))+$/;

/** Reads an error of `fetch`. If Node tried several addresses, each of them must prove that nothing was sent. */
export function readNetworkFault(error: unknown): NetworkFault {
  try {
    const cause = unchecked(error)?.['cause'] ?? error;
    const faults = [unchecked(cause)?.['errors'] ?? cause]
      .flat()
      .map((fault) => [
        unchecked(fault)?.['syscall'],
        unchecked(fault)?.['code'] ?? /^bad port$/.exec(`${unchecked(fault)?.['message']}`),
      ]);
    const code = `${faults[0]?.[1]}`;
    return {
      code: /^(bad port|E[A-Z]{3,20}|[A-Z]{1,20}(_[A-Z0-9]{1,20}){1,8})$/.test(code) ? code : undefined,
      neverSent: beforeSending.test(faults.join()),
    };
  } catch {
    // The caller's own `fetch` can throw a value whose properties cannot be read, or that has no text.
    return {};
  }
}
