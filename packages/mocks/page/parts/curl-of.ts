export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  /** Sent as JSON. `undefined` sends no body. */
  readonly body?: unknown;
}

/** Headers of one connection or one encoding of a body. curl writes its own. With a wrong length, the server would wait. */
const ownHeaders =
  /^(?:accept-encoding|connection|content-encoding|content-length|expect|host|keep-alive|proxy-.*|sec-.*|te|trailer|transfer-encoding|upgrade)$/i;

/** Writes a request as a command for a POSIX shell. */
export function curlOf({ method, url, headers, body }: CurlRequest): string {
  const parts = [
    `curl -X ${method} ${quoted(url)}`,
    ...Object.entries(headers)
      .filter(([name]) => !ownHeaders.test(name))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined || method === 'GET' ? [] : [`--data-raw ${quoted(JSON.stringify(body))}`]),
  ];
  return parts.join(' \\\n  ');
}

/** In single quotes, a shell changes nothing but the single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
