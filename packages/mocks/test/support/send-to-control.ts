import { request } from 'node:http';
import type { RunningSandbox } from '../../src/node.ts';

/** A request to a control API. The control token is sent unless `headers` replaces it. */
export interface ControlRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
  /** A string, or pieces that are sent without a Content-Length. */
  readonly body?: string | readonly string[];
}

interface ControlResponse {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Sends a request with `node:http`, because `fetch` does not let the caller set Host and Origin. */
export function sendToControl(
  { controlUrl, controlToken }: RunningSandbox,
  { method = 'GET', path = '/world', headers = {}, body }: ControlRequest,
): Promise<ControlResponse> {
  const { hostname, port } = new URL(controlUrl);
  const authorization = `Bearer ${controlToken}`;
  return new Promise((resolve, reject) => {
    // A URL object would normalise the path.
    const sent = request({ hostname, port, method, path, headers: { authorization, ...headers } });
    sent.on('error', reject).on('response', async (response) => {
      const chunks: Buffer[] = await response.toArray();
      const { statusCode = 0, headers: received } = response;
      resolve({ status: statusCode, headers: received, text: Buffer.concat(chunks).toString() });
    });
    if (typeof body === 'object') for (const piece of body) sent.write(piece);
    sent.end(typeof body === 'string' ? body : undefined);
  });
}
