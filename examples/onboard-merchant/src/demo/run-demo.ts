import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallbackServer, createCallbackServer } from '@partner-ecosystem/callback-server';
import { createPartnerClient } from '@partner-ecosystem/client';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { becomePartner } from '../steps/become-partner.ts';
import { type Customer, onboardMerchant } from '../steps/onboard-merchant.ts';
import { receiveDecisions } from '../steps/receive-decisions.ts';
import { asha, broker, ravi, workplaceOf } from './example-data.ts';
import { narratePartner } from './narrate-partner.ts';
import { createNarrator } from './narrator.ts';

const callbackToken = 'not-a-real-callback-token';

/** A customer, and the decision that the back office makes about them. */
export interface Case {
  customer: Customer;
  decision: 'accept' | 'reject';
  details?: { reason: string };
}

const twoCases: Case[] = [
  { customer: asha, decision: 'accept' },
  { customer: ravi, decision: 'reject', details: { reason: 'The photo does not match.' } },
];

/**
 * Onboards merchants from the first step to the decision, with real requests, a real database and real callbacks.
 *
 * @throws StageFailedError that names the failed step.
 */
export async function runDemo(print: (line: string) => void, cases: Case[] = twoCases): Promise<void> {
  await using cleanUp = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'onboard-merchant-'));
  cleanUp.defer(() => rm(folder, { recursive: true }));
  const provider = await startSandbox({ port: 0, controlPort: 0 });
  cleanUp.defer(provider.close);
  const { sandbox } = provider;

  const narrate = createNarrator(print);
  const client = createPartnerClient({
    goUrl: provider.url,
    backopsUrl: provider.url,
    persistUrl: provider.url,
    credentials: broker,
    administratorToken: sandbox.fixtures.administratorToken,
  });
  const partner = narratePartner(client, narrate);
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${join(folder, 'callbacks.db')}`,
    callbackTokens: [callbackToken],
    port: 0,
    adminPort: 0,
  });
  const decisions = receiveDecisions(server, partner);
  const { url } = await server.start();
  cleanUp.defer(() => server.stop());
  print(`Sandbox ${provider.url}, callback server ${url}\n`);

  const workplace = workplaceOf(sandbox.fixtures);
  await becomePartner(partner, broker, workplace, `${url}/callbacks/${callbackToken}`);
  const ending = new AbortController();
  cleanUp.defer(() => ending.abort());
  const waitOptions = { deadlineMs: 30_000, signal: ending.signal };
  for (const { customer, decision, details } of cases) {
    const { id } = await onboardMerchant(partner, workplace, customer);
    // The wait starts first, so that the callback cannot arrive before it.
    const learning = narrate(
      { step: 7, title: 'Learn the decision', source: `callback ${decision}` },
      () => decisions.waitFor({ merchantId: id, realmId: workplace.realmId }, waitOptions),
      ({ status }) => `received, and confirmed as ${status}`,
    );
    const deciding = narrate(
      { step: 7, title: 'Back office decides', source: 'sandbox' },
      async () => sandbox.backOffice[decision](id, details),
      () => decision,
    );
    const [learned] = await Promise.all([learning, deciding]);
    if (learned.decision !== decision)
      throw new Error(`Merchant ${id} was decided as ${decision}, but pulled as ${learned.status}.`);
  }
  await printCallbacks(server, print);
}

async function printCallbacks({ callbacks }: CallbackServer, print: (line: string) => void): Promise<void> {
  print('\nStored by the callback server:');
  for (const { merchantId, event, verdict, seenCount } of (await callbacks.list()).toReversed()) {
    const times = seenCount === 1 ? 'once' : `${seenCount} times`;
    print(`   merchant ${merchantId}  ${event.padEnd(8)} ${verdict.padEnd(6)} received ${times}`);
    if (verdict !== 'valid')
      throw new Error(`The ${event} callback of merchant ${merchantId} is ${verdict}.`);
  }
}
