import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** How long the rest of a response may take after its status. */
const maxRestMs = 1000;

interface OutgoingRequest {
  readonly method: 'POST' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
}

/**
 * Sends a request, and resolves to the status of the response as soon as the status arrives. Follows no redirect, which could
 * send the message to another host. Does not use `fetch`, which needs more than twice the processor time.
 */
export function requestStatus(url: string, { body, ...options }: OutgoingRequest): Promise<number> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    request(url, options, (response) => {
      // The connection is free for the next message when the response has ended.
      const timer = setTimeout(() => response.destroy(), maxRestMs).unref();
      response
        .once('close', () => clearTimeout(timer))
        .on('error', () => {})
        .resume();
      resolve(response.statusCode ?? 0);
    })
      // Without this listener, a response that changes the protocol would leave the promise pending.
      .once('upgrade', ({ statusCode }, socket) => {
        socket.destroy();
        resolve(statusCode ?? 0);
      })
      .on('error', reject)
      .end(body);
  });
}
