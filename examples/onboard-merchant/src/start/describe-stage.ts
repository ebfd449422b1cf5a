import { asha, ravi, workplace } from '../demo/example-data.ts';
import type { RunningStage } from './start-stage.ts';

/** What runs where, what to try first, and how to add a merchant. */
export function describeStage({ docs, provider, receiver, callbackUrl }: RunningStage): string {
  const backOffice = `${provider.controlUrl}/#token=${provider.controlToken}`;
  const { port } = new URL(provider.url);
  const addMerchant = port === '4010' ? 'npm run merchant' : `npm run merchant -- --port ${port}`;
  return `
Case ${asha.signzyAppId} is accepted. Case ${ravi.signzyAppId} waits for a decision.

1. Open the back office, select ${ravi.signzyAppId} and press "Accept":
   ${backOffice}
2. See the callback of your decision at the top of the inbox of the callback server:
   ${receiver.adminUrl}/inbox/callbacks
3. Add another case, in a second terminal:
   ${addMerchant}
4. Read the docs:
   ${docs.url}

Sandbox              ${provider.url}
  control port       ${provider.controlUrl}   Authorization: Bearer ${provider.controlToken}
  realm              ${workplace.realmId}   ${workplace.realm}
  flow               ${workplace.flowId}
  administrator      Authorization: ${provider.sandbox.fixtures.administratorToken}
Callback server      ${callbackUrl}
  metrics            ${receiver.adminUrl}/metrics

Press Ctrl+C to stop.
`;
}
