import type { Operation } from '../contract/operation.ts';
import { isRecord } from '../http/http-result.ts';

/**
 * Whether a body can be the body of a success: an object with what the vendor documents. What the contract only
 * infers decides nothing, because a true success would then count as an unknown outcome.
 */
export function isResult({ result }: Operation, body: unknown): boolean {
  return !result || (isRecord(body) && result.every((name) => body[name]));
}
