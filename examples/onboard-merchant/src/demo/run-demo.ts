import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallbackServer, createCallbackServer } from '@partner-ecosystem/callback-server';
import { createPartnerClient } from '@partner-ecosystem/client';
import { startSandbox } from '@partner-ecosystem/mocks/node';
import { becomePartner } from '../steps/become-partner.ts';
import { receiveDecisions } from '../steps/receive-decisions.ts';
import { asha, broker, ravi, workplace } from './example-data.ts';
import { narratePartner } from './narrate-partner.ts';
import { createNarrator } from './narrator.ts';
import { type Case, playCase } from './play-case.ts';

const callbackToken = 'not-a-real-callback-token';

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
  const arrivals = new EventEmitter();
  const server = await createCallbackServer({
    databaseUrl: `sqlite:${join(folder, 'callbacks.db')}`,
    callbackTokens: [callbackToken],
    port: 0,
    adminPort: 0,
    onEvent: (event) => event.type === 'kept' && arrivals.emit(event.event, event.verdict),
  });
  const decisions = receiveDecisions(server, partner);
  const { url } = await server.start();
  cleanUp.defer(() => server.stop());
  print(`Sandbox ${provider.url}, callback server ${url}\n`);

  await becomePartner(partner, broker, workplace, `${url}/callbacks/${callbackToken}`);
  const ending = new AbortController();
  cleanUp.defer(() => ending.abort());
  const cast = { partner, decisions, backOffice: sandbox.backOffice, arrivals, narrate };
  for (const each of cases) await playCase(each, cast, ending.signal);
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
