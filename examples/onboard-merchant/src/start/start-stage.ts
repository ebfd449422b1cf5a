import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackServer } from '@partner-ecosystem/callback-server';
import { createPartnerClient } from '@partner-ecosystem/client';
import { serveDocs } from '@partner-ecosystem/docs';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { asha, broker, ravi, workplace } from '../demo/example-data.ts';
import { becomePartner } from '../steps/become-partner.ts';
import { onboardMerchant } from '../steps/onboard-merchant.ts';
import { receiveDecisions } from '../steps/receive-decisions.ts';
import { freePort } from './free-port.ts';
import type { StartOptions } from './start-options.ts';

export type RunningStage = Awaited<ReturnType<typeof startStage>>;

/**
 * Starts the sandbox, the callback server and the docs, and onboards two merchants: one is accepted, one waits.
 *
 * If another program uses a port, the server takes a free port.
 * @throws Error if a server cannot start. What has started is then stopped.
 */
export async function startStage({ ports, databaseUrl }: StartOptions) {
  await using starting = new AsyncDisposableStack();
  const docs = starting.adopt(await serveDocs({ port: await freePort(ports.docs) }), ({ close }) => close());
  const provider = starting.adopt(
    await startSandbox({ port: await freePort(ports.sandbox), controlPort: await freePort(ports.control) }),
    ({ close }) => close(),
  );
  const callbackToken = randomBytes(16).toString('hex');
  const server = await createCallbackServer({
    databaseUrl: databaseUrl ?? (await temporaryDatabase(starting)),
    callbackTokens: [callbackToken],
    port: await freePort(ports.receiver),
    adminPort: await freePort(ports.admin),
  });
  const partner = createPartnerClient({
    goUrl: provider.url,
    backopsUrl: provider.url,
    persistUrl: provider.url,
    credentials: broker,
    administratorToken: provider.sandbox.fixtures.administratorToken,
  });
  const decisions = receiveDecisions(server, partner);
  const receiver = await server.start();
  starting.defer(() => server.stop());

  const callbackUrl = `${receiver.url}/callbacks/${callbackToken}`;
  await becomePartner(partner, broker, workplace, callbackUrl);
  const decided = await onboardMerchant(partner, workplace, asha);
  const learning = decisions.waitFor(
    { merchantId: decided.id, realmId: workplace.realmId },
    { deadlineMs: 30_000 },
  );
  provider.sandbox.backOffice.accept(decided.id);
  await learning;
  await onboardMerchant(partner, workplace, ravi);

  const running = starting.move();
  return { docs, provider, receiver, callbackUrl, stop: () => running.disposeAsync() };
}

/** A database that is deleted when everything has stopped. */
async function temporaryDatabase(cleanUp: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'partner-ecosystem-'));
  cleanUp.defer(() => rm(folder, { recursive: true }));
  return `sqlite:${join(folder, 'callbacks.db')}`;
}
