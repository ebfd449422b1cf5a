import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

interface Report {
  readonly ends: { readonly [call: string]: string };
  readonly unhandled: number;
}

const program = fileURLToPath(new URL('call-everything.ts', import.meta.url));

/** Functions whose failure no call notices. */
const listeners = ['onEvent', 'onDrift', 'onMerchantCreated', 'storage.write'];

test('functions of the user that fail or hang leave no unhandled rejection, and every call ends', async () => {
  // A call that never ends would keep the program from printing its report.
  const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: 240_000 });
  const { ends, unhandled }: Report = JSON.parse(stdout);
  expect(unhandled).toBe(0);
  for (const [call, end] of Object.entries(ends)) {
    const [, name = '', method] = call.split(': ');
    // The provider loses the response to each create. Only the client of `onMerchantCreated` can find the merchant.
    const isLost = method === 'createMerchant' && name !== 'onMerchantCreated';
    if (listeners.includes(name)) expect(end, call).toBe(isLost ? 'OutcomeUnknownError' : 'success');
    expect(end, call).not.toMatch(/undefined \(reading|is not a function|cannot destructure/i);
  }
});
