import { token } from './callbacks.ts';

/** Posts a body as an accept, as the provider does. */
export function postAccept(url: string, body: string): Promise<Response> {
  return fetch(`${url}/callbacks/${token}/accept`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
}
