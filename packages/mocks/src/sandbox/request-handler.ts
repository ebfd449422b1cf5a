import { toSandboxResponse } from '../transport/sandbox-response.ts';
import type { Parts } from './parts.ts';
import { respond } from './respond.ts';
import type { Sandbox } from './sandbox.ts';

/** Responds to requests, and records them. */
export function createRequestHandler({
  machine,
  clock,
  journal,
  coverage,
  overrides,
}: Parts): Sandbox['handle'] {
  return (request) => {
    const { target } = request;
    const startedAt = clock.now();
    const response = respond(machine, overrides.failed, request);
    const sent = toSandboxResponse(response);
    const at = clock.now();
    journal.addRequest(at, request, response, { ...sent, tookMs: at - startedAt + sent.delayMs });
    if (target.kind === 'operation') coverage.responded(target.operationId, response.status);
    return sent;
  };
}
