import { fromBase64 } from './base64.ts';
import type { StepResponse } from './core/command.ts';

/** Turns what a step answered into an HTTP response. */
export function writeResponse(response: StepResponse): Response {
  if ('body' in response)
    return new Response(JSON.stringify(response.body), {
      status: response.status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
  // A stranger's file must not run as a page of the sandbox.
  return new Response(fromBase64(response.file.base64), {
    headers: {
      'content-type': response.file.mediaType,
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    },
  });
}
