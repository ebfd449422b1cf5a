import type { Operation } from '../contract/operation.ts';
import { isRecord } from '../http/http-result.ts';

/**
 * Whether a body can be the body of a success: an object with every property that the provider documents. A property that
 * the contract only infers may be missing: otherwise a real success could count as an unknown outcome.
 */
export function isResult({ result }: Operation, body: unknown): boolean {
  return !result || (isRecord(body) && result.every((name) => body[name]));
}
