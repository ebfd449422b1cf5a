import type { ApiRequest } from '../core/model/command.ts';
import { withTag } from './conditional-get.ts';
import { preflightResponse, withPermission } from './cors.ts';
import type { SandboxResponse } from './sandbox-response.ts';

type Handle = (request: ApiRequest) => SandboxResponse;

/** Adds to a handler what the middleware of the platform's framework does before and after it. */
export function throughMiddleware(handle: Handle, cors: boolean): Handle {
  return (request) => {
    if (cors && request.method === 'OPTIONS') return preflightResponse(request);
    const response = withTag(request, handle(request));
    return cors ? withPermission(request, response) : response;
  };
}
