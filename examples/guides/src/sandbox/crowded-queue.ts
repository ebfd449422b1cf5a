import { createSandbox, scenario } from '@partner-ecosystem/mocks';

/** Creates a sandbox whose back office has four cases. */
export function createCrowdedSandbox(receiverUrl: string) {
  const crowded = scenario('a queue')
    .partner({ username: 'example-partner', password: 'Not-a-real-password-1' }, { accept: receiverUrl })
    .merchants(3, 'pending')
    .merchants(1, 'reject')
    .policy({ kind: 'auto-accept', after: '2m' });
  return createSandbox({ scenario: crowded.build() });
}
