import { webhooks } from '@partner-ecosystem/openapi/examples';

export const token = 'not-a-real-callback-token';

/** A callback of the contract's example, with some of its fields changed. */
export function callback(
  event: 'accept' | 'reject' | 'pending',
  changes: Record<string, unknown> = {},
): string {
  const example = Object.values(webhooks[event])[0];
  return JSON.stringify({ ...example, merchantData: { ...example?.merchantData, ...changes } });
}
