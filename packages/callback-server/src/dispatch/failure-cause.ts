import { DeliveryRefusedError } from '../callback/delivery-refused-error.ts';

/** What a code of a failed connection means. */
const causes: Readonly<Record<string, string>> = {
  ENOTFOUND: 'DNS name not found',
  EAI_AGAIN: 'DNS does not respond',
  EAI_FAIL: 'DNS fails',
  EAI_NODATA: 'DNS name not found',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection reset',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENETDOWN: 'network down',
  EADDRNOTAVAIL: 'no local address or port left',
  EMFILE: 'too many open files',
  ETIMEDOUT: 'timeout of the connection',
  UND_ERR_CONNECT_TIMEOUT: 'timeout of the connection',
  UND_ERR_HEADERS_TIMEOUT: 'timeout of the response',
  UND_ERR_BODY_TIMEOUT: 'timeout of the response',
};

/** Codes of OpenSSL and of Node's checks of certificates. */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERROR_IN_C|HOSTNAME_MISMATCH$|INVALID_(CA|PURPOSE)$|PATH_LENGTH_)/;

const notHttp = 'response is not HTTP';

const maxDepth = 5;

/**
 * Describes why an attempt failed, in a few words. Only codes and names are used, because messages may quote personal
 * data, secrets and addresses. The message of a `DeliveryRefusedError` has none of these.
 */
export function failureCause(error: unknown): string {
  if (error instanceof DeliveryRefusedError) return error.message;
  for (const each of chainOf(error)) {
    const cause = causeOf(each);
    if (cause) return cause;
  }
  const name = error instanceof Error ? textOf(error, 'name') : undefined;
  return name && /^\w{1,60}$/.test(name) ? `failed with ${name}` : 'failed';
}

/** The error, its causes, and the first of several errors that it joins, such as one for each address of a name. */
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  let current = error;
  while (current instanceof Error && chain.length < maxDepth) {
    chain.push(current);
    current = current.cause ?? (current instanceof AggregateError ? current.errors[0] : undefined);
  }
  return chain;
}

function causeOf(error: unknown): string | undefined {
  const code = textOf(error, 'code');
  if (code === undefined || !/^[A-Z][A-Z0-9_/]{1,60}$/.test(code)) return wordsOf(error);
  if (tlsCode.test(code)) return `TLS failed (${code})`;
  if (code.startsWith('HPE_')) return notHttp;
  if (Object.hasOwn(causes, code)) return `${causes[code]} (${code})`;
  return code.startsWith('UND_ERR_') ? `response was refused (${code})` : undefined;
}

/** Errors that have no code. */
function wordsOf(error: unknown): string | undefined {
  if (textOf(error, 'message') === 'bad port') return 'port refused by fetch';
  const name = textOf(error, 'name');
  if (name === 'HTTPParserError') return notHttp;
  return name === 'TimeoutError' ? 'timeout' : undefined;
}

function textOf(error: unknown, name: string): string | undefined {
  try {
    const value: unknown = Reflect.get(Object(error), name);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
