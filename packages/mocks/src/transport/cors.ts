import { type ApiRequest, headerOf } from '../core/model/command.ts';
import type { SandboxResponse } from './sandbox-response.ts';

/** Lets the pages of every origin read a response, as the middleware in a new application of the framework does. */
export function withPermission(request: ApiRequest, response: SandboxResponse): SandboxResponse {
  return { ...response, headers: permitted(request, response.headers) };
}

/** The middleware responds to each OPTIONS itself: neither the path nor the token matters. */
export function preflightResponse(request: ApiRequest): SandboxResponse {
  const wanted = headerOf(request, 'access-control-request-headers');
  return {
    status: 204,
    body: '',
    mode: 'whole',
    delayMs: 0,
    bytesPerSecond: 0,
    headers: {
      ...permitted(request, {}),
      vary: 'Origin, Access-Control-Request-Headers',
      'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
      'access-control-max-age': '86400',
      'content-length': '0',
    },
  };
}

/**
 * Adds the CORS headers. A page can read the headers that the framework exposes, and `sandbox-violation`, with which the
 * sandbox explains an error response.
 */
function permitted(request: ApiRequest, headers: SandboxResponse['headers']): SandboxResponse['headers'] {
  // happy-dom removes the origin before MSW sees the request.
  const origin = headerOf(request, 'origin') ?? (request.transport === 'msw' ? '*' : undefined);
  return {
    ...headers,
    ...(origin !== undefined && { 'access-control-allow-origin': origin }),
    vary: 'Origin',
    'access-control-allow-credentials': 'true',
    ...('sandbox-violation' in headers && { 'access-control-expose-headers': 'sandbox-violation' }),
  };
}
