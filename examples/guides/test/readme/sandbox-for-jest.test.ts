import { type AddedPartner, createSandbox, scenario } from '@partner-ecosystem/mocks';
import type { SandboxMatchers } from '@partner-ecosystem/mocks/jest';
import { expect, test } from 'vitest';
import { myApp } from './my-app.ts';

declare module 'vitest' {
  interface Matchers<R> extends SandboxMatchers<R> {}
}

function onboard(url: string, { credentials }: AddedPartner): Promise<string> {
  return myApp.onboard({ goUrl: url, backopsUrl: url, persistUrl: url, credentials });
}

// The wrapper for Jest needs nothing of Jest, so that it works in Vitest too.
// #region wrapped
import { matchers, withSandbox } from '@partner-ecosystem/mocks/jest';

expect.extend(matchers);
test(
  'a merchant is created',
  withSandbox(async ({ sandbox, sandboxUrl, partner }) => {
    await onboard(await sandboxUrl(), partner());
    expect(sandbox).toHaveReceivedOnce('createMerchant');
  }),
);
// #endregion wrapped

test('the scenario of the README has its cases', () => {
  const receiverUrl = 'http://127.0.0.1:9/';
  // #region scenario
  const crowded = scenario('a queue')
    .partner({ username: 'example-partner', password: 'Not-a-real-password-1' }, { accept: receiverUrl })
    .merchants(3, 'pending')
    .merchants(1, 'reject')
    .policy({ kind: 'auto-accept', after: '2m' });
  const sandbox = createSandbox({ scenario: crowded.build() });
  // #endregion scenario
  expect(sandbox.backOffice.list({ status: 'pending' }).total).toBe(3);
});
