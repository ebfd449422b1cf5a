import { matchers, withSandbox } from '@partner-ecosystem/mocks/jest';
import { expect, test } from 'vitest'; // Jest: remove this line
import { createSubmitter } from './submit-case.ts';

expect.extend(matchers);

test(
  'a merchant is created',
  withSandbox(async ({ sandbox, sandboxUrl }) => {
    const { submitCase } = await createSubmitter(await sandboxUrl(), sandbox.fixtures);
    await submitCase('EXAMPLE-0001');
    expect(sandbox).toHaveReceivedOnce('createMerchant');
  }),
);
