import { type ApiRequest, headerOf } from '../core/model/command.ts';
import type { SandboxResponse } from './sandbox-response.ts';

/** Lets the pages of every origin read a response, as the middleware in a new application of the framework does. */
export function withPermission(request: ApiRequest, response: SandboxResponse): SandboxResponse {
  const { headers } = response;
  return { ...response, headers: { ...headers, ...permissionOf(request), ...exposureOf(headers) } };
}

/** The middleware responds to each OPTIONS itself: neither the path nor the token matters. */
export function preflightResponse(request: ApiRequest): SandboxResponse {
  const wanted = headerOf(request, 'access-control-request-headers');
  return {
    ...{ status: 204, body: '', mode: 'whole', delayMs: 0, bytesPerSecond: 0 },
    headers: {
      ...permissionOf(request),
      vary: 'Origin, Access-Control-Request-Headers',
      'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
      'access-control-max-age': '86400',
      'content-length': '0',
    },
  };
}

/**
 * The header that explains a refusal comes from the sandbox. Otherwise a page can read the headers that the framework
 * exposes.
 */
function exposureOf({ 'sandbox-violation': violation }: SandboxResponse['headers']) {
  return violation !== undefined && { 'access-control-expose-headers': 'sandbox-violation' };
}

function permissionOf(request: ApiRequest) {
  // happy-dom removes the origin before MSW sees the request.
  const origin = headerOf(request, 'origin') ?? (request.transport === 'msw' ? '*' : undefined);
  return {
    ...(origin !== undefined && { 'access-control-allow-origin': origin }),
    vary: 'Origin',
    'access-control-allow-credentials': 'true',
  };
}
