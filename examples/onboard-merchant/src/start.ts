import { randomBytes } from 'node:crypto';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { serveDocs } from '@partner-ecosystem/docs';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { workplaceOf } from './demo/example-data.ts';

// Runs the sandbox, the callback server and the docs until Ctrl+C.
const callbackToken = randomBytes(16).toString('hex');
await using running = new AsyncDisposableStack();

const docs = running.adopt(await serveDocs(), (server) => server.close());
const sandbox = running.adopt(await startSandbox({}), (server) => server.close());
const server = await createCallbackServer({ callbackTokens: [callbackToken] });
const { url, adminUrl } = await server.start();
running.defer(() => server.stop());

const { fixtures } = sandbox.sandbox;
const { realmId, realm, flowId } = workplaceOf(fixtures);
console.log(`
Docs                 ${docs.url}
Sandbox              ${sandbox.url}
  back office        ${sandbox.controlUrl}/#token=${sandbox.controlToken}
  control port       ${sandbox.controlUrl}   Authorization: Bearer ${sandbox.controlToken}
  realm              ${realmId}   ${realm}
  flow               ${flowId}
  administrator      Authorization: ${fixtures.administratorToken}
Callback server      ${url}/callbacks/${callbackToken}
  stored callbacks   ${adminUrl}/callbacks

Press Ctrl+C to stop.
`);

await new Promise((resolve) => {
  process.once('SIGINT', resolve).once('SIGTERM', resolve);
});
