import type { ApiRequest, StepResponse } from '../core/model/command.ts';
import { OverrideError } from '../core/request/handle-request.ts';
import { dialects } from '../core/responses/dialects.ts';
import type { Machine } from './machine.ts';

/** Runs a request. A bug of the sandbox is logged, and is the only cause of a 500 that no fault or override requested. */
export function respond(machine: Machine, failed: (error: Error) => void, request: ApiRequest): StepResponse {
  const { internalError } = dialects[request.target.host];
  try {
    return machine.run({ kind: 'request', request });
  } catch (bug) {
    if (bug instanceof OverrideError) {
      failed(bug);
      console.error(bug.message, ...(bug.cause === undefined ? [] : [bug.cause]));
      return { ...internalError, answeredBy: 'override' };
    }
    console.error('The sandbox has a bug. Please report it.', bug);
    return internalError;
  }
}
