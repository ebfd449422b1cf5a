import type { OperationId } from '@partner-ecosystem/openapi/operations';
import { responses } from '@partner-ecosystem/openapi/schemas';
import { successStatus } from '../contract/success-status.ts';
import { behaviours } from '../model/behaviours.ts';
import type { StepResponse } from '../model/command.ts';
import { millisecondsIn } from '../model/duration.ts';
import type { Env } from '../model/env.ts';
import { type DriftBreakage, driftKinds, type RequestFault } from '../model/fault.ts';
import type { Transmission } from '../model/transmission.ts';
import { driftBody } from './drift-body.ts';
import { requestFaultKinds } from './fault-kinds.ts';
import { strikePoint } from './fault-list.ts';

/** Alters the response of an operation. Returns `undefined` if the fault finds nothing to break. */
export function alterResponse(
  fault: RequestFault,
  operationId: OperationId,
  response: StepResponse,
  env: Env,
): StepResponse | undefined {
  if (!('body' in response)) return undefined;
  const basis = behaviours[requestFaultKinds[fault.kind].behaviour];
  const point = strikePoint(fault, env);
  if (isDrift(fault)) {
    const schema = responses[operationId][response.status];
    if (!schema || response.status !== successStatus(operationId)) return undefined;
    const body = driftBody(fault, response.body, schema, point);
    return body === undefined ? undefined : { ...response, body, basis };
  }
  const transmission = transmissionOf(fault, response, point);
  return transmission && { ...response, basis, transmission: { ...response.transmission, ...transmission } };
}

function isDrift(fault: RequestFault): fault is Extract<RequestFault, DriftBreakage> {
  return fault.kind in driftKinds;
}

function transmissionOf(
  fault: RequestFault,
  { transmission, ...response }: StepResponse,
  point: number,
): Transmission | undefined {
  const text = transmission?.text ?? JSON.stringify('body' in response ? response.body : undefined) ?? '';
  switch (fault.kind) {
    case 'latency':
      return delayed(millisecondsIn(fault.delay));
    case 'latency-uniform': {
      const [from, to] = [millisecondsIn(fault.from), millisecondsIn(fault.to)];
      return delayed(Math.round(from + point * (to - from)));
    }
    case 'latency-long-tail':
      return delayed(longTail(millisecondsIn(fault.median), millisecondsIn(fault.longest), point));
    case 'slow-drip':
      return { mode: 'drip', bytesPerSecond: fault.bytesPerSecond ?? 64 };
    case 'lost-response':
      return { mode: 'lost' };
    case 'cut-body':
      return { mode: 'cut' };
    case 'truncated-json':
      return { text: text.slice(0, Math.ceil(text.length / 2)) };
    case 'malformed-json':
      return { text: text.replace(/[}\]]$/, ',$&') };
    case 'wrong-content-type':
      return { mediaType: 'text/html' };
    case 'empty-body':
      return { text: '' };
    case 'no-content-with-body':
      return { status: 204, mode: 'body-of-204' };
    default:
      return undefined;
  }
}

function delayed(milliseconds: number): Transmission {
  return { delayMs: milliseconds };
}

/** Half of the delays are below the median, 10 % above five times the median, 1 % above fifty times the median. */
function longTail(median: number, maxMs: number, point: number): number {
  return Math.round(Math.min(maxMs, median / (2 * (1 - point))));
}
